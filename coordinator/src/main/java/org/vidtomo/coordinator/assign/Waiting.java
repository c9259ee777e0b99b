package org.vidtomo.coordinator.assign;

import static java.util.Objects.requireNonNull;

import org.vidtomo.coordinator.plan.PlannedTask;
import org.vidtomo.core.task.TaskState;

/**
 * A task that waits for an agent.
 *
 * @param attempts made so far
 * @param state of its row: {@code PLANNED}, or {@code QUEUED} or {@code RUNNING} after a lease that
 *     ended without a report
 */
public record Waiting(PlannedTask task, int attempts, TaskState state) {
  public Waiting {
    requireNonNull(task, "task");
    requireNonNull(state, "state");
    if (attempts < 0 || state.ended()) {
      throw new IllegalArgumentException("not waiting: attempts " + attempts + ", " + state);
    }
  }
}
