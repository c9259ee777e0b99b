package org.vidtomo.coordinator.assign;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.campaign.Campaigns;
import org.vidtomo.coordinator.campaign.Tally;
import org.vidtomo.coordinator.plan.PlannedTask;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.TaskOutcome;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.storage.CrawlStore;
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

  private static final CompletionStage<Boolean> SETTLED = CompletableFuture.completedFuture(true);

  private final Campaigns campaigns;
  private final TaskStore tasks;
  private final LinkNotes links;
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
  public OutcomeAccount(
      Campaigns campaigns, TaskStore tasks, CrawlStore crawl, Dispatcher dispatcher) {
    this.campaigns = campaigns;
    this.tasks = tasks;
    this.links = new LinkNotes(campaigns, crawl);
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
   * @return whether the outcome is done with; else the row changed meanwhile. Fails with {@link
   *     UncertainException} when it may or may not be
   */
  CompletionStage<Boolean> settle(TaskOutcome outcome, Optional<Tried> tried) {
    Optional<Held> held =
        dispatcher.held(outcome.taskId()).filter(h -> h.task().key().equals(key(outcome)));
    if (tried.isPresent() || held.isEmpty() || outcome.outcome() == Outcome.EXPIRED) {
      return settleByRow(outcome, tried);
    }
    // The usual case needs no look at the row: the transition itself says if it is otherwise.
    Tried now = new Tried(held.get().state(), Optional.empty());
    return move(outcome, held.get().task(), now)
        .thenCompose(
            moved ->
                moved
                    ? CompletableFuture.completedFuture(true)
                    : settleByRow(outcome, Optional.empty()));
  }

  private CompletionStage<Boolean> settleByRow(TaskOutcome outcome, Optional<Tried> tried) {
    return tasks.find(key(outcome)).thenCompose(row -> settle(outcome, row, tried));
  }

  private CompletionStage<Boolean> settle(
      TaskOutcome outcome, Optional<TaskRow> found, Optional<Tried> tried) {
    if (found.isEmpty()) {
      unknown.increment();
      LOG.warn(
          "An outcome of a task that is not in the store is passed over: task={} campaign={}",
          outcome.taskId(),
          outcome.campaignId());
      return SETTLED;
    }
    TaskRow row = found.get();
    boolean ours = row.reportId().filter(outcome.reportId()::equals).isPresent();
    if (row.state() == TaskState.DONE && ours && tried.isPresent()) {
      moved(outcome, row.target(), tried.get());
      return SETTLED;
    }
    boolean moves =
        row.state() == TaskState.DONE
            ? !ours && countsBefore(outcome, row)
            : row.state() != TaskState.CANCELLED;
    if (!moves) {
      repeated.increment();
      return SETTLED;
    }
    if (outcome.outcome() == Outcome.EXPIRED) {
      dispatcher.declined(outcome);
      return SETTLED;
    }
    return move(outcome, PlannedTask.of(row), new Tried(row.state(), row.outcome()));
  }

  /** The lowest attempt counts, whatever the order of arrival. */
  private static boolean countsBefore(TaskOutcome outcome, TaskRow row) {
    return outcome.outcome() != Outcome.EXPIRED
        && row.countedAttempt().filter(counted -> outcome.attempt() < counted).isPresent();
  }

  private void moved(TaskOutcome outcome, String target, Tried how) {
    if (how.from() == TaskState.DONE) {
      repeated.increment();
      Outcome before = how.before().orElse(outcome.outcome());
      tell(outcome, tally -> tally.replaced(target, before, outcome.outcome(), outcome.provider()));
      return;
    }
    accounted.increment();
    tell(outcome, tally -> tally.done(target, how.from(), outcome.outcome(), outcome.provider()));
    dispatcher.done(outcome, target, how.from());
  }

  private void tell(TaskOutcome outcome, Consumer<Tally> change) {
    campaigns.find(outcome.campaignId()).ifPresent(campaign -> change.accept(campaign.tally()));
  }

  /** Whether the row was as expected, and is moved; the links of its page are stored before. */
  private CompletionStage<Boolean> move(TaskOutcome outcome, PlannedTask task, Tried how) {
    TaskChange change =
        TaskChange.done(
            outcome.attempt(), outcome.reportId(), outcome.outcome(), outcome.failureKind());
    return links
        .keep(task, outcome)
        .thenCompose(
            kept ->
                tasks.transition(key(outcome), EnumSet.of(how.from()), OptionalInt.empty(), change))
        .handle(
            (transition, error) -> {
              if (error != null) {
                throw new UncertainException(how, error);
              }
              if (transition.applied()) {
                moved(outcome, task.target(), how);
              }
              return transition.applied();
            });
  }

  private static TaskKey key(TaskOutcome outcome) {
    return new TaskKey(outcome.campaignId(), outcome.cycle(), outcome.taskId());
  }
}
