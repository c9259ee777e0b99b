package org.vidtomo.dashboard.api;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.storage.Measurement;

/**
 * A measurement in a list, without any address.
 *
 * @param agentId absent when it is one of few, and who asks may not know it
 */
record MeasurementSummary(
    UUID reportId,
    UUID taskId,
    Optional<UUID> campaignId,
    Instant scheduledAt,
    Instant startedAt,
    Optional<String> agentId,
    Optional<String> provider,
    OptionalLong asn,
    Optional<String> country,
    Optional<String> technology,
    String addressFamily,
    String service,
    String videoId,
    String url,
    Optional<String> title,
    Outcome outcome,
    Optional<FailureKind> failureKind,
    Optional<String> cacheHost,
    OptionalLong startupDelayMicros,
    OptionalDouble stallRatio,
    OptionalInt stallCount,
    OptionalDouble stallingMos,
    OptionalLong goodputBps,
    OptionalLong timeToFirstByteMicros,
    OptionalLong rttMicros,
    OptionalLong resolveMicros,
    OptionalLong bytes) {

  /** The names of all members. */
  static List<String> names() {
    return Arrays.stream(MeasurementSummary.class.getRecordComponents())
        .map(RecordComponent::getName)
        .toList();
  }

  /**
   * A measurement's summary.
   *
   * @param named whether who asks may know its agent
   */
  static MeasurementSummary of(Measurement m, boolean named) {
    return new MeasurementSummary(
        m.reportId(),
        m.taskId(),
        m.campaignId(),
        m.scheduledAt(),
        m.startedAt(),
        Optional.of(m.agentId()).filter(agent -> named),
        m.provider(),
        m.asn(),
        m.country(),
        m.technology(),
        m.addressFamily(),
        m.service(),
        m.videoId(),
        m.url(),
        m.title(),
        m.outcome(),
        m.failureKind(),
        m.cacheHost(),
        m.startupDelayMicros(),
        m.stallRatio(),
        m.stallCount(),
        m.stallingMos(),
        m.goodputBps(),
        m.timeToFirstByteMicros(),
        m.rttMicros(),
        m.resolveMicros(),
        m.bytes());
  }
}
