package org.vidtomo.coordinator.assign;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.vidtomo.coordinator.plan.PlannedTask;
import org.vidtomo.core.task.TaskState;

/**
 * A task that an agent holds.
 *
 * @param attempt 1 for the first
 * @param leaseUntil when its report is due
 * @param state {@code QUEUED} or {@code RUNNING}
 */
public record Held(
    PlannedTask task, int attempt, String agentId, Instant leaseUntil, TaskState state) {
  public Held {
    requireNonNull(task, "task");
    requireNonNull(agentId, "agentId");
    requireNonNull(leaseUntil, "leaseUntil");
    requireNonNull(state, "state");
  }

  /** The same, being measured. */
  Held running() {
    return new Held(task, attempt, agentId, leaseUntil, TaskState.RUNNING);
  }

  /** It waits for an agent again. */
  Waiting waiting() {
    return new Waiting(task, attempt, state);
  }
}
