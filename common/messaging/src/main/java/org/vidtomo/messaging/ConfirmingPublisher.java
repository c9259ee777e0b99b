package org.vidtomo.messaging;

import com.rabbitmq.client.AMQP;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds what is outstanding, decides each message's fate once, and watches the deadlines. */
final class ConfirmingPublisher implements Publisher, PublishChannel.Answers {
  private static final long SWEEP_MILLIS = 50;

  /** Qpid refuses an unroutable message before it returns it; RabbitMQ returns, then confirms. */
  private static final long RETURN_GRACE_NANOS = Duration.ofSeconds(1).toNanos();

  private final BrokerSettings settings;
  private final MessagingMetrics metrics;
  private final PublishWriter writer;
  private final ScheduledThreadPoolExecutor sweeper;
  private final ScheduledThreadPoolExecutor completions;
  private final Semaphore room;
  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, Outstanding> unsettled = new ConcurrentHashMap<>();
  private volatile boolean closed;

  ConfirmingPublisher(
      BrokerSettings settings,
      Clock clock,
      MessagingMetrics metrics,
      Supervisor supervisor,
      Threads threads) {
    this.settings = settings;
    this.metrics = metrics;
    this.sweeper = threads.single("publish-timeouts");
    this.completions = threads.single("publish-confirms");
    this.room = new Semaphore(settings.maxOutstanding());
    this.writer = new PublishWriter(clock, metrics, supervisor, threads, this, this::fail);
  }

  void start() {
    sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    writer.start();
  }

  @Override
  public CompletableFuture<Void> publish(OutgoingMessage message) {
    return publish(message, settings.publishTimeout());
  }

  @Override
  public CompletableFuture<Void> publish(OutgoingMessage message, Duration timeout) {
    Outstanding outstanding = outstanding(message, timeout, true);
    metrics.published.increment();
    Duration patience =
        timeout.compareTo(settings.outstandingWait()) < 0 ? timeout : settings.outstandingWait();
    if (acquireRoom(patience)) {
      accept(outstanding);
    } else {
      metrics.failed.increment();
      outstanding.future.completeExceptionally(
          new PublishFailedException(
              "publishing %s: %d messages are outstanding and none was confirmed within %s"
                  .formatted(message, settings.maxOutstanding(), patience)));
    }
    return outstanding.future;
  }

  @Override
  public void publishAndWait(OutgoingMessage message, Duration timeout) {
    try {
      // The sweeper ends it in time; the margin is for the sweeper.
      publish(message, timeout).get(timeout.toMillis() + 2_000, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnroutableException unroutable) {
        throw unroutable;
      }
      if (e.getCause() instanceof PublishFailedException failed) {
        throw failed;
      }
      throw new MessagingException("publishing " + message, e.getCause());
    } catch (TimeoutException e) {
      throw new PublishFailedException("publishing " + message + ": no answer within " + timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PublishFailedException("publishing " + message + ": interrupted; it may arrive");
    }
  }

  @Override
  public boolean tryPublish(OutgoingMessage message) {
    if (closed || !writer.ready() || !room.tryAcquire()) {
      metrics.dropped.increment();
      return false;
    }
    metrics.published.increment();
    accept(outstanding(message, settings.publishTimeout(), false));
    return true;
  }

  /** Waits for the broker's answers until the deadline, then fails what is left. */
  void close(long deadlineNanos) {
    closed = true;
    try {
      while (!unsettled.isEmpty() && System.nanoTime() < deadlineNanos) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    unsettled.values().forEach(o -> fail(o, "the connection was closed before a confirm came"));
    writer.close();
    sweeper.shutdownNow();
    completions.shutdown();
  }

  @Override
  public void confirmed(Outstanding outstanding) {
    if (outstanding.returned.isPresent()) {
      handedBack(outstanding, outstanding.returned.get());
    } else if (outstanding.claim()) {
      metrics.confirmed.increment();
      release(outstanding, () -> outstanding.future.complete(null));
    }
  }

  @Override
  public void refused(Outstanding outstanding) {
    if (outstanding.returned.isPresent()) {
      handedBack(outstanding, outstanding.returned.get());
    } else if (outstanding.message.mandatory()) {
      outstanding.nackedNanos = System.nanoTime() | 1;
    } else {
      noRoom(outstanding, "the broker refused it (nack)");
    }
  }

  @Override
  public void returned(long id, int code, String reason) {
    Outstanding outstanding = unsettled.get(id);
    if (outstanding != null) {
      Outstanding.Returned returned = new Outstanding.Returned(code, reason);
      outstanding.returned = Optional.of(returned);
      if (outstanding.nackedNanos != 0) {
        handedBack(outstanding, returned);
      }
    }
  }

  private Outstanding outstanding(OutgoingMessage message, Duration timeout, boolean again) {
    return new Outstanding(
        ids.incrementAndGet(), message, System.nanoTime() + timeout.toNanos(), again);
  }

  private boolean acquireRoom(Duration patience) {
    try {
      return room.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void accept(Outstanding outstanding) {
    unsettled.put(outstanding.id, outstanding);
    if (closed) {
      fail(outstanding, "the connection is closed");
    } else {
      writer.add(outstanding);
    }
  }

  /** Qpid returns a message for a full queue too, with another code. */
  private void handedBack(Outstanding outstanding, Outstanding.Returned returned) {
    if (returned.code() != AMQP.NO_ROUTE) {
      noRoom(outstanding, "the broker refused it: " + returned.reason());
    } else if (outstanding.claim()) {
      metrics.unroutable.increment();
      UnroutableException error =
          new UnroutableException(
              "publishing %s: no queue is bound for it (%s)"
                  .formatted(outstanding.message, returned.reason()));
      release(outstanding, () -> outstanding.future.completeExceptionally(error));
    }
  }

  private void fail(Outstanding outstanding, String why) {
    fail(outstanding, why, PublishFailedException.Answer.NONE);
  }

  private void noRoom(Outstanding outstanding, String why) {
    fail(outstanding, why, PublishFailedException.Answer.NO_ROOM);
  }

  private void fail(Outstanding outstanding, String why, PublishFailedException.Answer answer) {
    fail(
        outstanding,
        new PublishFailedException(
            "publishing %s: %s".formatted(outstanding.message, why), answer));
  }

  private void fail(Outstanding outstanding, PublishFailedException error) {
    if (outstanding.claim()) {
      metrics.failed.increment();
      release(outstanding, () -> outstanding.future.completeExceptionally(error));
    }
  }

  /** Room is given back first: a dependent of the future may publish and wait for it. */
  private void release(Outstanding outstanding, Runnable completion) {
    unsettled.remove(outstanding.id);
    room.release();
    try {
      completions.execute(completion);
    } catch (RejectedExecutionException e) {
      completion.run();
    }
  }

  private void sweep() {
    long now = System.nanoTime();
    for (Outstanding outstanding : unsettled.values()) {
      if (outstanding.nackedNanos != 0 && now - outstanding.nackedNanos > RETURN_GRACE_NANOS) {
        noRoom(outstanding, "the broker refused it (nack), its queue may be full");
      } else if (now - outstanding.deadlineNanos > 0) {
        fail(outstanding, "not confirmed in time; the broker may still have it");
      }
    }
  }
}
