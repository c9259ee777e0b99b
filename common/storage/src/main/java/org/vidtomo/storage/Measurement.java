package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
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
 * @param asName of {@code asn}
 * @param providerFrom whose word {@code provider} is; likewise of prefix and AS. Absent with them,
 *     and in rows of version 1
 * @param cacheAsn the AS that announces the cache's address
 * @param cacheSite the place that the cache's name gives, where names follow a known scheme
 * @param resolvers what each said of {@code cacheHost}, in the order of the campaign
 * @param utcOffsetMinutes of the agent's clock to UTC; in rows of version 3 and later
 * @param failureOperation during which it failed, a lower-case word; likewise
 * @param mediaDurationMicros of the whole media as the agent says; in rows of version 4 and later
 * @param planDownBps of the agent's line, as its owner says; likewise
 * @param contradiction what the report says of itself in two ways, in one line; likewise
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
    int derivationVersion,
    Optional<String> asName,
    Optional<NetworkSource> providerFrom,
    Optional<NetworkSource> prefixFrom,
    Optional<NetworkSource> asnFrom,
    OptionalLong cacheAsn,
    Optional<String> cacheAsName,
    Optional<String> cacheSite,
    List<ResolverAnswer> resolvers,
    OptionalInt utcOffsetMinutes,
    Optional<String> failureOperation,
    OptionalLong mediaDurationMicros,
    OptionalLong planDownBps,
    Optional<String> contradiction) {
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
    // Rows of version 1 have none.
    resolvers = resolvers == null ? List.of() : List.copyOf(resolvers);
    if (attempt < 1 || attempt > MAX_ATTEMPT) {
      throw new IllegalArgumentException("attempt must be 1 to " + MAX_ATTEMPT + ": " + attempt);
    }
  }

  /** One that says nothing of names and sources of networks, of the cache's, and of resolvers. */
  public Measurement(
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
    this(
        reportId,
        taskId,
        attempt,
        campaignId,
        cycle,
        round,
        scheduledAt,
        startedAt,
        agentId,
        provider,
        prefix,
        asn,
        country,
        technology,
        lan,
        addressFamily,
        clockOffsetMicros,
        service,
        videoId,
        url,
        title,
        outcome,
        failureKind,
        cacheHost,
        cacheAddress,
        startupDelayMicros,
        stallRatio,
        stallCount,
        stalledMicros,
        playedMicros,
        stallingMos,
        goodputBps,
        timeToFirstByteMicros,
        rttMicros,
        resolveMicros,
        bytes,
        derivationVersion,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        OptionalInt.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty());
  }

  /** The order of attempts is kept in write timestamps, within one second. */
  public static final int MAX_ATTEMPT = 999_999;
}
