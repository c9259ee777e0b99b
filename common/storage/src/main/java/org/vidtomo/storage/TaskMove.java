package org.vidtomo.storage;

import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.vidtomo.core.task.TaskState;

/**
 * One conditional change of one task's row.
 *
 * @param lowerAttemptOnly whether the row must hold a report of a later attempt
 * @param changeId by which the row tells that it holds this change
 */
record TaskMove(
    TaskKey key,
    Set<TaskState> expected,
    OptionalInt expectedAttempt,
    TaskChange to,
    boolean lowerAttemptOnly,
    UUID changeId) {

  static TaskMove of(
      TaskKey key, Set<TaskState> expected, OptionalInt expectedAttempt, TaskChange to) {
    return new TaskMove(key, Set.copyOf(expected), expectedAttempt, to, false, UUID.randomUUID());
  }

  /** Another report takes the place of the one that counts. */
  static TaskMove recount(TaskKey key, OptionalInt expectedAttempt, TaskChange to) {
    return new TaskMove(
        key, EnumSet.of(TaskState.DONE), expectedAttempt, to, true, UUID.randomUUID());
  }

  UUID taskId() {
    return key.taskId();
  }
}
