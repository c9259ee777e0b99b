package org.vidtomo.agent.spool;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** One assignment: a task that was given to another agent and back is another one. */
public record TaskKey(UUID taskId, int attempt) {
  public TaskKey {
    requireNonNull(taskId, "taskId");
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt must be >= 1, is " + attempt);
    }
  }
}
