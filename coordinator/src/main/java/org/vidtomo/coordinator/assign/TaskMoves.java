package org.vidtomo.coordinator.assign;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.vidtomo.coordinator.plan.PlannedTask;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.storage.TaskChange;
import org.vidtomo.storage.TaskStore;
import org.vidtomo.storage.Transition;

/** Moves task rows from state to state. */
final class TaskMoves {
  private final TaskStore store;

  TaskMoves(TaskStore store) {
    this.store = store;
  }

  /**
   * Gives a waiting task to an agent.
   *
   * @return the state that the row has then. {@code QUEUED}: with this attempt, since only one
   *     coordinator gives tasks out; so it may be asked again when the store did not answer
   */
  CompletableFuture<TaskState> assign(Waiting waiting, Held held) {
    return move(
        waiting.task(),
        waiting.state(),
        OptionalInt.of(waiting.attempts()),
        TaskChange.assigned(held.attempt(), held.agentId(), held.leaseUntil()));
  }

  /** Moves on; the state that the row has then. */
  CompletableFuture<TaskState> move(PlannedTask task, TaskState from, TaskState to) {
    return move(task, from, OptionalInt.empty(), TaskChange.to(to));
  }

  private CompletableFuture<TaskState> move(
      PlannedTask task, TaskState from, OptionalInt attempt, TaskChange change) {
    return store
        .transition(task.key(), EnumSet.of(from), attempt, change)
        .thenApply(transition -> stateAfter(task, change, transition))
        .toCompletableFuture();
  }

  private static TaskState stateAfter(PlannedTask task, TaskChange change, Transition transition) {
    if (transition.applied()) {
      return change.state();
    }
    Optional<TaskState> current = transition.current();
    return current.orElseThrow(
        () -> new IllegalStateException("the state row of task " + task.taskId() + " is gone"));
  }
}
