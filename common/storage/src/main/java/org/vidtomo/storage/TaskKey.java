package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** Where a task's row is. */
public record TaskKey(UUID campaignId, int cycle, UUID taskId) {
  public TaskKey {
    requireNonNull(campaignId, "campaignId");
    requireNonNull(taskId, "taskId");
  }
}
