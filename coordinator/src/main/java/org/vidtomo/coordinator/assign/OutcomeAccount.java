package org.vidtomo.coordinator.assign;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.campaign.Campaigns;
import org.vidtomo.coordinator.campaign.Tally;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.TaskOutcome;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.storage.StoreException;
import org.vidtomo.storage.TaskChange;
import org.vidtomo.storage.TaskKey;
import org.vidtomo.storage.TaskRow;
import org.vidtomo.storage.TaskStore;

/**
 * Accounts for outcomes: each moves its task's row to done, once, and is counted only if it did.
 * Thread-safe, as long as those of one task come one after the other.
 */
public final class OutcomeAccount {
  private static final Logger LOG = LoggerFactory.getLogger(OutcomeAccount.class);

  private final Campaigns campaigns;
  private final TaskStore tasks;
  private final Dispatcher dispatcher;
  private final LongAdder accounted = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder unknown = new LongAdder();

  /**
   * A move of which the store did not say how it went.
   *
   * @param from the state that the row had
   * @param before the outcome that the row had
   */
  record Tried(TaskState from, Optional<Outcome> before) {}

  /** The store did not say whether it moved the row. */
  static final class UncertainException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Tried tried;

    UncertainException(Tried tried, Throwable cause) {
      super(cause);
      this.tried = tried;
    }

    Tried tried() {
      return tried;
    }
  }

  /** An account of these campaigns' tasks. */
  public OutcomeAccount(Campaigns campaigns, TaskStore tasks, Dispatcher dispatcher) {
    this.campaigns = campaigns;
    this.tasks = tasks;
    this.dispatcher = dispatcher;
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

  /**
   * One try.
   *
   * @param tried what the try before does not know the end of
   * @return whether the outcome is done with; else the row changed meanwhile
   * @throws UncertainException when it may or may not be
   */
  boolean settle(TaskOutcome outcome, Optional<Tried> tried) {
    Optional<TaskRow> found = find(outcome);
    if (found.isEmpty()) {
      unknown.increment();
      LOG.warn(
          "An outcome of a task that is not in the store is passed over: task={} campaign={}",
          outcome.taskId(),
          outcome.campaignId());
      return true;
    }
    TaskRow row = found.get();
    boolean ours = row.reportId().filter(outcome.reportId()::equals).isPresent();
    if (row.state() == TaskState.DONE && ours && tried.isPresent()) {
      moved(outcome, row, tried.get());
      return true;
    }
    boolean moves =
        row.state() == TaskState.DONE
            ? !ours && countsBefore(outcome, row)
            : row.state() != TaskState.CANCELLED;
    if (!moves) {
      repeated.increment();
      return true;
    }
    if (outcome.outcome() == Outcome.EXPIRED) {
      dispatcher.declined(outcome);
      return true;
    }
    Tried now = new Tried(row.state(), row.outcome());
    if (move(outcome, now)) {
      moved(outcome, row, now);
      return true;
    }
    return false;
  }

  /** The lowest attempt counts, whatever the order of arrival. */
  private static boolean countsBefore(TaskOutcome outcome, TaskRow row) {
    return outcome.outcome() != Outcome.EXPIRED
        && row.countedAttempt().filter(counted -> outcome.attempt() < counted).isPresent();
  }

  private void moved(TaskOutcome outcome, TaskRow row, Tried how) {
    if (how.from() == TaskState.DONE) {
      repeated.increment();
      Outcome before = how.before().orElse(outcome.outcome());
      tell(
          outcome,
          tally -> tally.replaced(row.target(), before, outcome.outcome(), outcome.provider()));
      return;
    }
    accounted.increment();
    tell(
        outcome,
        tally -> {
          tally.moved(row.target(), how.from(), TaskState.DONE);
          tally.ended(row.target(), outcome.outcome(), outcome.provider());
        });
    dispatcher.done(outcome, row.target(), how.from());
  }

  private void tell(TaskOutcome outcome, Consumer<Tally> change) {
    campaigns.find(outcome.campaignId()).ifPresent(campaign -> change.accept(campaign.tally()));
  }

  private Optional<TaskRow> find(TaskOutcome outcome) {
    try {
      return tasks.find(key(outcome)).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StoreException store ? store : e;
    }
  }

  private boolean move(TaskOutcome outcome, Tried how) {
    TaskChange change =
        TaskChange.done(
            outcome.attempt(), outcome.reportId(), outcome.outcome(), outcome.failureKind());
    try {
      return tasks
          .transition(key(outcome), EnumSet.of(how.from()), OptionalInt.empty(), change)
          .toCompletableFuture()
          .join()
          .applied();
    } catch (CompletionException e) {
      throw new UncertainException(how, e.getCause());
    }
  }

  private static TaskKey key(TaskOutcome outcome) {
    return new TaskKey(outcome.campaignId(), outcome.cycle(), outcome.taskId());
  }
}
