package org.vidtomo.core.task;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The message on an agent's queue: measure this page, now. Signed by the coordinator over its exact
 * bytes. It carries a page's URL, never a media URL: those are bound to address and time.
 *
 * @param attempt 1 for the first; raised when the task is given to another agent
 * @param target what the task covers: a provider's name, an agent's id or {@code any}
 * @param sample 0 for the first sample of the target
 * @param scheduledAt the task's slot; the same for every attempt, so that all land in one bucket
 * @param leaseUntil a report after this is late
 * @param assignedAt when the coordinator gave it out, by its clock; absent in older ones
 * @param video which video the URL means; absent in older ones
 */
public record Assignment(
    int schemaVersion,
    UUID taskId,
    int attempt,
    UUID campaignId,
    int cycle,
    int round,
    String agentId,
    String target,
    int sample,
    Instant scheduledAt,
    Instant leaseUntil,
    String url,
    MeasurementParameters parameters,
    Optional<Instant> assignedAt,
    Optional<AssignedVideo> video) {
  public static final int SCHEMA_VERSION = 1;

  public Assignment {
    requireNonNull(taskId, "taskId");
    requireNonNull(campaignId, "campaignId");
    requireNonNull(agentId, "agentId");
    requireNonNull(target, "target");
    requireNonNull(scheduledAt, "scheduledAt");
    requireNonNull(leaseUntil, "leaseUntil");
    requireNonNull(url, "url");
    requireNonNull(parameters, "parameters");
    requireNonNull(assignedAt, "assignedAt");
    requireNonNull(video, "video");
    if (attempt < 1 || cycle < 0 || round < 0 || sample < 0) {
      throw new IllegalArgumentException(
          "attempt must be >= 1, cycle, round and sample >= 0: %d, %d, %d, %d"
              .formatted(attempt, cycle, round, sample));
    }
  }

  /** One that does not say when it was given out, and of which video it is. */
  public Assignment(
      int schemaVersion,
      UUID taskId,
      int attempt,
      UUID campaignId,
      int cycle,
      int round,
      String agentId,
      String target,
      int sample,
      Instant scheduledAt,
      Instant leaseUntil,
      String url,
      MeasurementParameters parameters) {
    this(
        schemaVersion,
        taskId,
        attempt,
        campaignId,
        cycle,
        round,
        agentId,
        target,
        sample,
        scheduledAt,
        leaseUntil,
        url,
        parameters,
        Optional.empty(),
        Optional.empty());
  }

  /** The same, given out then, of that video. */
  public Assignment given(Instant at, AssignedVideo of) {
    return new Assignment(
        schemaVersion,
        taskId,
        attempt,
        campaignId,
        cycle,
        round,
        agentId,
        target,
        sample,
        scheduledAt,
        leaseUntil,
        url,
        parameters,
        Optional.of(at),
        Optional.of(of));
  }
}
