package org.vidtomo.coordinator.assign;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.campaign.Campaign;
import org.vidtomo.coordinator.campaign.Campaigns;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.TaskOutcome;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.messaging.Delivery;
import org.vidtomo.messaging.Handler;
import org.vidtomo.messaging.PoisonException;
import org.vidtomo.storage.StoreException;
import org.vidtomo.storage.TaskChange;
import org.vidtomo.storage.TaskKey;
import org.vidtomo.storage.TaskRow;
import org.vidtomo.storage.TaskStore;

/**
 * Accounts for outcomes: each moves its task's row to done, once, and is acked only then. While the
 * store is down the outcomes in hand wait; the broker keeps the others.
 */
public final class OutcomeListener implements Handler, AutoCloseable {
  /** Outcomes in hand at once. */
  public static final int PREFETCH = 200;

  private static final Logger LOG = LoggerFactory.getLogger(OutcomeListener.class);
  private static final int WORKERS = 8;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final Campaigns campaigns;
  private final TaskStore tasks;
  private final Dispatcher dispatcher;
  private final LongAdder accounted = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder unknown = new LongAdder();
  private final AtomicInteger threads = new AtomicInteger();
  private final ExecutorService workers =
      Executors.newFixedThreadPool(
          WORKERS,
          work -> {
            Thread thread = new Thread(work, "coordinator-outcomes-" + threads.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });

  public OutcomeListener(Campaigns campaigns, TaskStore tasks, Dispatcher dispatcher) {
    this.campaigns = campaigns;
    this.tasks = tasks;
    this.dispatcher = dispatcher;
  }

  @Override
  public void handle(Delivery delivery) throws PoisonException {
    TaskOutcome outcome;
    try {
      outcome = Wire.read(delivery.body(), TaskOutcome.class);
    } catch (WireException e) {
      throw new PoisonException(e.getMessage(), e);
    }
    workers.execute(() -> work(outcome, delivery));
  }

  /** Outcomes that ended a task. */
  public long accounted() {
    return accounted.sum();
  }

  /** Outcomes of tasks that had ended already, by this report or another. */
  public long repeated() {
    return repeated.sum();
  }

  /** Outcomes of tasks that the store does not know. */
  public long unknown() {
    return unknown.sum();
  }

  /** Leaves what is in hand to the broker. */
  @Override
  public void close() {
    workers.shutdownNow();
    try {
      workers.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(TaskOutcome outcome, Delivery delivery) {
    Optional<TaskState> tried = Optional.empty();
    while (!workers.isShutdown()) {
      try {
        Optional<TaskRow> row = find(outcome);
        Step step = row.isEmpty() ? unknownTask(outcome) : account(outcome, row.get(), tried);
        if (step.over()) {
          delivery.ack();
          return;
        }
        tried = Optional.empty();
      } catch (UncertainException e) {
        tried = Optional.of(e.from);
        pause(e);
      } catch (RuntimeException e) {
        pause(e);
      }
    }
  }

  private enum Step {
    OVER,
    AGAIN;

    boolean over() {
      return this == OVER;
    }
  }

  /** The store did not say whether it moved the row. */
  private static final class UncertainException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final TaskState from;

    UncertainException(TaskState from, Throwable cause) {
      super(cause);
      this.from = from;
    }
  }

  private Step unknownTask(TaskOutcome outcome) {
    unknown.increment();
    LOG.warn(
        "An outcome of a task that is not in the store is passed over: task={} campaign={}",
        outcome.taskId(),
        outcome.campaignId());
    return Step.OVER;
  }

  /**
   * One try.
   *
   * @param tried the state that a move without an answer began at
   */
  private Step account(TaskOutcome outcome, TaskRow row, Optional<TaskState> tried) {
    Optional<Campaign> campaign = campaigns.find(outcome.campaignId());
    boolean ours = row.reportId().filter(outcome.reportId()::equals).isPresent();
    if (row.state() == TaskState.DONE
        && ours
        && tried.filter(s -> s != TaskState.DONE).isPresent()) {
      count(outcome, row, tried.get(), campaign);
      return Step.OVER;
    }
    if (row.state() == TaskState.DONE) {
      return repeated(outcome, row, ours, campaign);
    }
    if (row.state() == TaskState.CANCELLED) {
      repeated.increment();
      return Step.OVER;
    }
    if (outcome.outcome() == Outcome.EXPIRED) {
      dispatcher.declined(outcome);
      return Step.OVER;
    }
    if (!move(outcome, row.state(), OptionalInt.empty())) {
      return Step.AGAIN;
    }
    count(outcome, row, row.state(), campaign);
    return Step.OVER;
  }

  private void count(
      TaskOutcome outcome, TaskRow row, TaskState from, Optional<Campaign> campaign) {
    accounted.increment();
    campaign.ifPresent(
        c -> {
          c.tally().moved(row.target(), from, TaskState.DONE);
          c.tally().ended(row.target(), outcome.outcome(), outcome.provider());
        });
    dispatcher.done(outcome, row.target(), from);
  }

  /** The lowest attempt counts, whatever the order of arrival. */
  private Step repeated(
      TaskOutcome outcome, TaskRow row, boolean ours, Optional<Campaign> campaign) {
    boolean earlier =
        !ours
            && outcome.outcome() != Outcome.EXPIRED
            && row.countedAttempt().filter(counted -> outcome.attempt() < counted).isPresent();
    if (earlier) {
      move(outcome, TaskState.DONE, OptionalInt.empty());
      campaign.ifPresent(
          c ->
              c.tally()
                  .replaced(
                      row.target(),
                      row.outcome().orElse(outcome.outcome()),
                      outcome.outcome(),
                      outcome.provider()));
    }
    repeated.increment();
    return Step.OVER;
  }

  private Optional<TaskRow> find(TaskOutcome outcome) {
    try {
      return tasks.find(key(outcome)).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StoreException store ? store : e;
    }
  }

  private boolean move(TaskOutcome outcome, TaskState from, OptionalInt attempt) {
    TaskChange change =
        TaskChange.done(
            outcome.attempt(), outcome.reportId(), outcome.outcome(), outcome.failureKind());
    try {
      return tasks
          .transition(key(outcome), EnumSet.of(from), attempt, change)
          .toCompletableFuture()
          .join()
          .applied();
    } catch (CompletionException e) {
      throw new UncertainException(from, e.getCause());
    }
  }

  private void pause(RuntimeException e) {
    if (workers.isShutdown()) {
      return;
    }
    LOG.warn("An outcome waits for the store, trying again: {}", e.toString());
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAILURE.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static TaskKey key(TaskOutcome outcome) {
    return new TaskKey(outcome.campaignId(), outcome.cycle(), outcome.taskId());
  }
}
