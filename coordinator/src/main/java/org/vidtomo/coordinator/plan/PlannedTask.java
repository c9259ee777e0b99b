package org.vidtomo.coordinator.plan;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/**
 * One measurement to be made: of a video, for a target.
 *
 * @param position its place among the tasks of its round and target, from 0
 * @param scheduledAt its slot; the same for every attempt
 * @param expiresAt when it is given up, if nobody measured it
 */
public record PlannedTask(
    UUID taskId,
    UUID campaignId,
    int cycle,
    int round,
    long position,
    String target,
    int sample,
    SeedVideo video,
    Instant scheduledAt,
    Instant expiresAt) {
  public PlannedTask {
    requireNonNull(taskId, "taskId");
    requireNonNull(campaignId, "campaignId");
    requireNonNull(target, "target");
    requireNonNull(video, "video");
    requireNonNull(scheduledAt, "scheduledAt");
    requireNonNull(expiresAt, "expiresAt");
  }
}
