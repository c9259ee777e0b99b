package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;

/**
 * What comparisons and lists need of a report, derived from it.
 *
 * @param taskId the report's own id when it answers no assignment
 * @param attempt 1 when it answers no assignment
 * @param scheduledAt the slot; when it started, if it answers no assignment
 * @param videoId canonical, {@code service:id}
 * @param cacheHost that served the media
 * @param rttMicros least round-trip delay to that cache, TCP SYN
 * @param resolveMicros of that cache's name at the system's resolver
 * @param bytes downloaded
 */
public record Measurement(
    UUID reportId,
    UUID taskId,
    int attempt,
    Optional<UUID> campaignId,
    int cycle,
    int round,
    Instant scheduledAt,
    Instant startedAt,
    String agentId,
    Optional<String> provider,
    Optional<String> prefix,
    OptionalLong asn,
    Optional<String> country,
    Optional<String> technology,
    Optional<String> lan,
    String addressFamily,
    OptionalLong clockOffsetMicros,
    String service,
    String videoId,
    String url,
    Optional<String> title,
    Outcome outcome,
    Optional<FailureKind> failureKind,
    Optional<String> cacheHost,
    Optional<String> cacheAddress,
    OptionalLong startupDelayMicros,
    OptionalDouble stallRatio,
    OptionalInt stallCount,
    OptionalLong stalledMicros,
    OptionalLong playedMicros,
    OptionalDouble stallingMos,
    OptionalLong goodputBps,
    OptionalLong timeToFirstByteMicros,
    OptionalLong rttMicros,
    OptionalLong resolveMicros,
    OptionalLong bytes,
    int derivationVersion) {
  public Measurement {
    requireNonNull(reportId, "reportId");
    requireNonNull(taskId, "taskId");
    requireNonNull(campaignId, "campaignId");
    requireNonNull(scheduledAt, "scheduledAt");
    requireNonNull(startedAt, "startedAt");
    requireNonNull(agentId, "agentId");
    requireNonNull(addressFamily, "addressFamily");
    requireNonNull(service, "service");
    requireNonNull(videoId, "videoId");
    requireNonNull(url, "url");
    requireNonNull(outcome, "outcome");
    if (attempt < 1 || attempt > MAX_ATTEMPT) {
      throw new IllegalArgumentException("attempt must be 1 to " + MAX_ATTEMPT + ": " + attempt);
    }
  }

  /** The order of attempts is kept in write timestamps, within one second. */
  public static final int MAX_ATTEMPT = 999_999;
}
