package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.TaskState;

/**
 * The state row of a task.
 *
 * @param position its place among the tasks of its round and target, from 0
 * @param videoId canonical, {@code service:id}
 * @param scheduledAt its slot, the same for every attempt
 * @param attempt the latest that was assigned; 0 before the first
 * @param agentId who has it, or had it last
 * @param outcome of the report that counts
 * @param reportId of the report that counts
 * @param countedAttempt of the report that counts
 */
public record TaskRow(
    TaskKey key,
    int round,
    long position,
    String target,
    int sample,
    String url,
    String service,
    String videoId,
    Instant scheduledAt,
    Instant expiresAt,
    TaskState state,
    int attempt,
    Optional<String> agentId,
    Optional<Instant> leaseUntil,
    Optional<Outcome> outcome,
    Optional<FailureKind> failureKind,
    Optional<UUID> reportId,
    Optional<Integer> countedAttempt) {
  public TaskRow {
    requireNonNull(key, "key");
    requireNonNull(target, "target");
    requireNonNull(url, "url");
    requireNonNull(service, "service");
    requireNonNull(videoId, "videoId");
    requireNonNull(scheduledAt, "scheduledAt");
    requireNonNull(expiresAt, "expiresAt");
    requireNonNull(state, "state");
  }

  /** A task that has just been planned. */
  public static TaskRow planned(
      TaskKey key,
      int round,
      long position,
      String target,
      int sample,
      Seed video,
      Instant scheduledAt,
      Instant expiresAt) {
    return new TaskRow(
        key,
        round,
        position,
        target,
        sample,
        video.url(),
        video.service(),
        video.videoId(),
        scheduledAt,
        expiresAt,
        TaskState.PLANNED,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
