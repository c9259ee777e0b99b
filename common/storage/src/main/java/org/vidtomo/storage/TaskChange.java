package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.TaskState;

/** What a transition writes; what is empty stays as it was. */
public record TaskChange(
    TaskState state,
    Optional<Integer> attempt,
    Optional<String> agentId,
    Optional<Instant> leaseUntil,
    Optional<Outcome> outcome,
    Optional<FailureKind> failureKind,
    Optional<UUID> reportId,
    Optional<Integer> countedAttempt) {
  public TaskChange {
    requireNonNull(state, "state");
  }

  /** To a state, and nothing else. */
  public static TaskChange to(TaskState state) {
    return new TaskChange(
        state,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Given to an agent. */
  public static TaskChange assigned(int attempt, String agentId, Instant leaseUntil) {
    return new TaskChange(
        TaskState.QUEUED,
        Optional.of(attempt),
        Optional.of(agentId),
        Optional.of(leaseUntil),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Measured; the report counts. */
  public static TaskChange done(
      int countedAttempt, UUID reportId, Outcome outcome, Optional<FailureKind> failureKind) {
    return new TaskChange(
        TaskState.DONE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(outcome),
        failureKind,
        Optional.of(reportId),
        Optional.of(countedAttempt));
  }
}
