package org.vidtomo.coordinator.assign;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.assign.OutcomeAccount.Tried;
import org.vidtomo.coordinator.assign.OutcomeAccount.UncertainException;
import org.vidtomo.core.task.TaskOutcome;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.messaging.Delivery;
import org.vidtomo.messaging.Handler;
import org.vidtomo.messaging.PoisonException;

/**
 * Takes outcomes: each is accounted for, and acked only then. While the store is down the outcomes
 * in hand wait; the broker keeps the others. Those of one task are handled in the order in which
 * they came, so that the first of two reports of one attempt counts.
 */
public final class OutcomeListener implements Handler, AutoCloseable {
  /** Outcomes in hand at once. */
  public static final int PREFETCH = 200;

  private static final Logger LOG = LoggerFactory.getLogger(OutcomeListener.class);
  private static final int WORKERS = 8;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final OutcomeAccount account;
  private final BooleanSupplier leads;
  private final List<ExecutorService> workers =
      IntStream.rangeClosed(1, WORKERS).mapToObj(OutcomeListener::worker).toList();
  private volatile boolean closed;

  /**
   * Tells the account of each outcome.
   *
   * @param leads whether it may account now: else another may count the same tasks
   */
  public OutcomeListener(OutcomeAccount account, BooleanSupplier leads) {
    this.account = account;
    this.leads = leads;
  }

  @Override
  public void handle(Delivery delivery) throws PoisonException {
    TaskOutcome outcome;
    try {
      outcome = Wire.read(delivery.body(), TaskOutcome.class);
    } catch (WireException e) {
      throw new PoisonException(e.getMessage(), e);
    }
    int lane = Math.floorMod(outcome.taskId().hashCode(), WORKERS);
    workers.get(lane).execute(() -> work(outcome, delivery));
  }

  /** Leaves what is in hand to the broker. */
  @Override
  public void close() {
    closed = true;
    workers.forEach(ExecutorService::shutdownNow);
    long deadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
    try {
      for (ExecutorService worker : workers) {
        worker.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(TaskOutcome outcome, Delivery delivery) {
    Optional<Tried> tried = Optional.empty();
    boolean failing = false;
    while (!closed) {
      try {
        if (!leads.getAsBoolean()) {
          failing = pause(failing, new IllegalStateException("this coordinator does not lead now"));
          continue;
        }
        if (account.settle(outcome, tried)) {
          delivery.ack();
          return;
        }
        tried = Optional.empty();
      } catch (UncertainException e) {
        tried = Optional.of(e.tried());
        failing = pause(failing, e);
      } catch (RuntimeException e) {
        failing = pause(failing, e);
      }
    }
  }

  private boolean pause(boolean failing, RuntimeException e) {
    if (closed) {
      return true;
    }
    if (!failing) {
      LOG.warn("An outcome waits, trying on: {}", e.toString());
    }
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAILURE.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private static ExecutorService worker(int number) {
    return Executors.newSingleThreadExecutor(
        work -> {
          Thread thread = new Thread(work, "coordinator-outcomes-" + number);
          thread.setDaemon(true);
          return thread;
        });
  }
}
