package org.vidtomo.storage;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;

/** Measurements and reports that differ in what a test is about. */
final class MeasurementSamples {
  static final Instant SLOT = Instant.parse("2026-11-21T10:15:30.123456Z");

  private MeasurementSamples() {}

  static StoredReport report(UUID reportId, Instant receivedAt, String body) {
    return new StoredReport(
        reportId,
        "agent-1",
        "key-1",
        new byte[] {1, 2, 3},
        body.getBytes(StandardCharsets.UTF_8),
        "identity",
        receivedAt);
  }

  static StoredReport report(Measurement measurement) {
    return report(measurement.reportId(), measurement.scheduledAt().plusSeconds(60), "{}");
  }

  static Measurement measurement(
      Optional<UUID> campaign, UUID taskId, int attempt, Instant slot, int version) {
    return measurement(UUID.randomUUID(), campaign, taskId, attempt, slot, version);
  }

  static Measurement measurement(
      UUID reportId, Optional<UUID> campaign, UUID taskId, int attempt, Instant slot, int version) {
    return new Measurement(
        reportId,
        taskId,
        attempt,
        campaign,
        0,
        0,
        slot,
        slot.plusSeconds(5),
        "agent-" + attempt,
        Optional.of("Provider A"),
        Optional.of("192.0.2.0/24"),
        OptionalLong.of(64_500),
        Optional.empty(),
        Optional.of("fibre"),
        Optional.empty(),
        "ipv4",
        OptionalLong.empty(),
        "page",
        "page:example.org/1",
        "http://example.org/1",
        Optional.of("Ein Titel – ≤ 🎬"),
        attempt == 1 ? Outcome.OK : Outcome.FAILED,
        attempt == 1 ? Optional.empty() : Optional.of(FailureKind.CONNECT_TIMEOUT),
        Optional.of("cache1.example.org"),
        Optional.of("192.0.2.7"),
        OptionalLong.of(100_000L + attempt),
        OptionalDouble.of(0.25),
        OptionalInt.of(1),
        OptionalLong.of(500_000),
        OptionalLong.of(1_500_000),
        OptionalDouble.of(4.1),
        OptionalLong.of(8_000_000),
        OptionalLong.of(20_000),
        OptionalLong.of(9_000),
        OptionalLong.empty(),
        OptionalLong.of(1_000_000),
        version);
  }
}
