package org.vidtomo.messaging;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands deliveries to a handler, one at a time on one thread, and tries again what failed.
 *
 * <p>A failed delivery rests here, unacknowledged, and not in the broker: so it neither goes round
 * in a hot loop nor eats up the queue's delivery limit, and a crash gives it back at once.
 */
final class HandlerLoop implements ConsumedDelivery.Settling {
  private static final Logger LOG = LoggerFactory.getLogger(HandlerLoop.class);
  private static final long LONGEST_REST_NANOS = Duration.ofSeconds(30).toNanos();

  private final BrokerSettings settings;
  private final MessagingMetrics metrics;
  private final Handler handler;
  private final DeadLetters deadLetters;
  private final ScheduledExecutorService timer;
  private final Thread thread;
  private final FailureCounts failures = new FailureCounts();
  private final Set<ConsumedDelivery> inFlight = ConcurrentHashMap.newKeySet();
  private final Set<ConsumedDelivery> resting = ConcurrentHashMap.newKeySet();

  private final Object gate = new Object();
  private final Deque<ConsumedDelivery> waiting = new ArrayDeque<>();
  private boolean paused;
  private boolean stopped;
  private boolean busy;

  HandlerLoop(
      String queue,
      BrokerSettings settings,
      MessagingMetrics metrics,
      Handler handler,
      DeadLetters deadLetters,
      ScheduledExecutorService timer,
      Threads threads) {
    this.settings = settings;
    this.metrics = metrics;
    this.handler = handler;
    this.deadLetters = deadLetters;
    this.timer = timer;
    this.thread = threads.named("handle-" + queue, this::run);
  }

  void start() {
    thread.start();
  }

  /** Takes a delivery; the prefetch bounds how many wait. */
  void add(ConsumedDelivery delivery) {
    synchronized (gate) {
      if (!stopped) {
        waiting.addLast(delivery);
        gate.notifyAll();
      }
    }
  }

  void pause(boolean pause) {
    synchronized (gate) {
      paused = pause;
      gate.notifyAll();
    }
  }

  int inFlight() {
    return inFlight.size();
  }

  /** Hands out nothing more. */
  void stop() {
    synchronized (gate) {
      stopped = true;
      waiting.clear();
      gate.notifyAll();
    }
    List.copyOf(resting).forEach(d -> settled(d, ConsumedDelivery.Outcome.LOST));
  }

  /** Waits until all is settled that was handed out; then, or at the deadline, ends the thread. */
  void drain(long deadlineNanos) throws InterruptedException {
    synchronized (gate) {
      while ((busy || !inFlight.isEmpty()) && Thread.currentThread() != thread) {
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
        if (leftMillis <= 0) {
          LOG.warn("Closing with deliveries unsettled, the broker keeps them: n={}", inFlight());
          thread.interrupt();
          return;
        }
        gate.wait(leftMillis);
      }
    }
  }

  @Override
  public void poison(ConsumedDelivery delivery, String reason) {
    deadLetters.bury(delivery, reason);
  }

  @Override
  public void settled(ConsumedDelivery delivery, ConsumedDelivery.Outcome outcome) {
    resting.remove(delivery);
    if (!inFlight.remove(delivery)) {
      return;
    }
    switch (outcome) {
      case ACKED -> metrics.acked.increment();
      case POISONED -> metrics.poisoned.increment();
      case REQUEUED -> metrics.requeued.increment();
      case LOST -> metrics.lost.increment();
    }
    if (outcome == ConsumedDelivery.Outcome.ACKED || outcome == ConsumedDelivery.Outcome.POISONED) {
      failures.forget(delivery);
    }
    synchronized (gate) {
      gate.notifyAll();
    }
  }

  private void run() {
    for (ConsumedDelivery next = next(); next != null; next = next()) {
      if (!next.live()) {
        settled(next, ConsumedDelivery.Outcome.LOST);
      } else if (!next.claimed()) {
        handle(next);
      }
    }
  }

  /** The next delivery; null, only here, when the loop ends. */
  private ConsumedDelivery next() {
    synchronized (gate) {
      busy = false;
      gate.notifyAll();
      while (!stopped && (paused || waiting.isEmpty())) {
        try {
          gate.wait();
        } catch (InterruptedException e) {
          // A handler left its thread interrupted: only stop() ends this loop.
        }
      }
      busy = !stopped;
      return stopped ? null : waiting.removeFirst();
    }
  }

  private boolean isStopped() {
    synchronized (gate) {
      return stopped;
    }
  }

  private void handle(ConsumedDelivery delivery) {
    delivery.handOut(failures.of(delivery) + 1);
    resting.remove(delivery);
    if (inFlight.add(delivery)) {
      metrics.consumed.increment();
    } else {
      metrics.retried.increment();
    }
    try {
      handler.handle(delivery);
    } catch (PoisonException e) {
      LOG.debug("The handler finds poison: {}", delivery, e);
      delivery.poison(String.valueOf(e.getMessage()));
    } catch (Throwable e) {
      // Errors too: a deeply nested document overflows the stack and must not stop the stream.
      failed(delivery, e);
    }
  }

  private void failed(ConsumedDelivery delivery, Throwable error) {
    if (delivery.claimed()) {
      LOG.warn("The handler failed after it had settled: {}", delivery, error);
      return;
    }
    if (isStopped()) {
      // Its interruption is no fault of the message; closing the channel gives it back.
      settled(delivery, ConsumedDelivery.Outcome.LOST);
      return;
    }
    int count = failures.failed(delivery);
    if (count >= settings.maxTries()) {
      LOG.warn("The handler failed for the last time: tries={} {}", count, delivery, error);
      delivery.poison("failed " + count + " times, at last with " + error);
      return;
    }
    long restNanos =
        Math.min(LONGEST_REST_NANOS, settings.retryPause().toNanos() << Math.min(count - 1, 10));
    LOG.warn(
        "The handler failed, trying again: tries={} pauseMillis={} error={} {}",
        count,
        TimeUnit.NANOSECONDS.toMillis(restNanos),
        error,
        delivery);
    resting.add(delivery);
    try {
      timer.schedule(() -> add(delivery), restNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      settled(delivery, ConsumedDelivery.Outcome.LOST);
    }
  }
}
