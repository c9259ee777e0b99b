package org.vidtomo.coordinator.assign;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.assign.OutcomeAccount.Tried;
import org.vidtomo.coordinator.assign.OutcomeAccount.UncertainException;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.TaskOutcome;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.messaging.Delivery;
import org.vidtomo.messaging.Handler;
import org.vidtomo.messaging.PoisonException;

/**
 * Takes outcomes: each is accounted for, and acked only then. Many are under way at once, so that
 * the store can take them together. While the store is down the outcomes in hand wait; the broker
 * keeps the others. Those of one task are handled in the order in which they came, so that the
 * first of two reports of one attempt counts.
 */
public final class OutcomeListener implements Handler, AutoCloseable {
  /** Outcomes in hand at once. */
  public static final int PREFETCH = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(OutcomeListener.class);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final OutcomeAccount account;
  private final Consumer<String> measured;
  private final BooleanSupplier leads;
  private final ConcurrentMap<UUID, CompletableFuture<Void>> lastOfTask = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor worker =
      new ScheduledThreadPoolExecutor(1, OutcomeListener::thread);
  private volatile boolean failing;

  /**
   * Tells the account of each outcome.
   *
   * @param measured hears which agent measured something
   * @param leads whether it may account now: else another may count the same tasks
   */
  public OutcomeListener(OutcomeAccount account, Consumer<String> measured, BooleanSupplier leads) {
    this.account = account;
    this.measured = measured;
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
    if (outcome.outcome() != Outcome.EXPIRED && outcome.outcome() != Outcome.REFUSED_BY_POLICY) {
      measured.accept(outcome.agentId());
    }
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> before = lastOfTask.put(outcome.taskId(), mine);
    mine.thenRun(() -> lastOfTask.remove(outcome.taskId(), mine));
    Runnable begin = () -> work(outcome, delivery, Optional.empty(), mine);
    if (before == null) {
      begin.run();
    } else {
      before.thenRun(() -> soon(begin));
    }
  }

  /** Leaves what is in hand to the broker. */
  @Override
  public void close() {
    worker.shutdownNow();
    try {
      worker.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(
      TaskOutcome outcome,
      Delivery delivery,
      Optional<Tried> tried,
      CompletableFuture<Void> settled) {
    settling(outcome, tried)
        .whenComplete(
            (done, error) -> {
              if (error != null) {
                Optional<Tried> now = uncertain(error).or(() -> tried);
                later(error, () -> work(outcome, delivery, now, settled));
              } else if (done) {
                failing = false;
                delivery.ack();
                settled.complete(null);
              } else {
                soon(() -> work(outcome, delivery, Optional.empty(), settled));
              }
            });
  }

  private CompletionStage<Boolean> settling(TaskOutcome outcome, Optional<Tried> tried) {
    if (!leads.getAsBoolean()) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("this coordinator does not lead now"));
    }
    try {
      return account.settle(outcome, tried);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Optional<Tried> uncertain(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof UncertainException e ? Optional.of(e.tried()) : Optional.empty();
  }

  private void later(Throwable error, Runnable again) {
    if (!failing && !worker.isShutdown()) {
      LOG.warn("An outcome waits, trying on: {}", error.toString());
    }
    failing = true;
    schedule(again, PAUSE_AFTER_FAILURE);
  }

  private void soon(Runnable work) {
    schedule(work, Duration.ZERO);
  }

  private void schedule(Runnable work, Duration after) {
    try {
      worker.schedule(work, after.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("An outcome in hand is left to the broker");
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "coordinator-outcomes");
    thread.setDaemon(true);
    return thread;
  }
}
