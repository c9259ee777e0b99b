package org.vidtomo.coordinator.plan;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;
import org.vidtomo.storage.Seed;
import org.vidtomo.storage.TaskKey;
import org.vidtomo.storage.TaskRow;

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

  /** The task of a state row. */
  public static PlannedTask of(TaskRow row) {
    return new PlannedTask(
        row.key().taskId(),
        row.key().campaignId(),
        row.key().cycle(),
        row.round(),
        row.position(),
        row.target(),
        row.sample(),
        new SeedVideo(row.url(), row.service(), row.videoId()),
        row.scheduledAt(),
        row.expiresAt());
  }

  /** Its state row, as it begins. */
  public TaskRow row() {
    Seed seed = new Seed(position, video.url(), video.service(), video.videoId());
    return TaskRow.planned(key(), round, position, target, sample, seed, scheduledAt, expiresAt);
  }

  /** Where its state row is. */
  public TaskKey key() {
    return new TaskKey(campaignId, cycle, taskId);
  }
}
