package org.vidtomo.dashboard.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.dashboard.compare.Metric;
import org.vidtomo.storage.Measurement;

class MetricColumnTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final Value NONE = new Value(Double.NaN, false);

  @Test
  void whatWasMeasured_isInSecondsAndBitsPerSecond() {
    Measurement ok = measurement(Outcome.OK, Optional.empty(), OptionalLong.of(20_000));
    assertThat(value(Metric.STARTUP_DELAY, ok)).isEqualTo(new Value(0.4, false));
    assertThat(value(Metric.GOODPUT, ok)).isEqualTo(new Value(8e6, false));
    assertThat(value(Metric.RTT, ok)).isEqualTo(new Value(0.02, false));
    assertThat(value(Metric.FAILURE_RATIO, ok)).isEqualTo(new Value(0, false));
    assertThat(value(Metric.STALL_COUNT, ok)).isEqualTo(NONE);
  }

  @Test
  void aFailureOfTheNetwork_ranksWorst() {
    Measurement failed =
        measurement(
            Outcome.FAILED, Optional.of(FailureKind.CONNECTION_RESET), OptionalLong.empty());
    assertThat(value(Metric.STARTUP_DELAY, failed)).isEqualTo(new Value(INF, true));
    assertThat(value(Metric.GOODPUT, failed)).isEqualTo(new Value(0, true));
    assertThat(value(Metric.RTT, failed)).isEqualTo(new Value(INF, true));
    assertThat(value(Metric.FAILURE_RATIO, failed)).isEqualTo(new Value(1, true));
    assertThat(value(Metric.STALL_RATIO, failed)).isEqualTo(NONE);
  }

  @Test
  void aDelayThatWasMeasured_standsAlthoughTheDownloadFailed() {
    Measurement failed =
        measurement(
            Outcome.FAILED, Optional.of(FailureKind.BODY_TRUNCATED), OptionalLong.of(30_000));
    assertThat(value(Metric.RTT, failed)).isEqualTo(new Value(0.03, false));
  }

  @Test
  void whatServiceOrOwnerRefused_neverCounts() {
    for (Metric metric : Metric.values()) {
      for (Outcome outcome :
          new Outcome[] {Outcome.BLOCKED_BY_SERVICE, Outcome.REFUSED_BY_POLICY, Outcome.EXPIRED}) {
        assertThat(value(metric, measurement(outcome, Optional.empty(), rtt())))
            .as(metric + " " + outcome)
            .isEqualTo(NONE);
      }
      for (FailureKind kind : new FailureKind[] {FailureKind.BOT_CHECK, FailureKind.DATA_CAP}) {
        assertThat(value(metric, measurement(Outcome.FAILED, Optional.of(kind), rtt())))
            .as(metric + " " + kind)
            .isEqualTo(NONE);
      }
    }
  }

  /** A value, and whether it stands for a failure. */
  private record Value(double value, boolean failed) {}

  private static Value value(Metric metric, Measurement measurement) {
    HourBuilder hour = new HourBuilder(measurement.scheduledAt());
    hour.add(measurement);
    MetricColumn column = new MetricColumn(metric, hour.build().columns());
    double value = column.value(0);
    return Double.isNaN(value) ? NONE : new Value(value, column.failed(0));
  }

  private static OptionalLong rtt() {
    return OptionalLong.of(20_000);
  }

  private static Measurement measurement(
      Outcome outcome, Optional<FailureKind> kind, OptionalLong rttMicros) {
    boolean ok = outcome == Outcome.OK;
    return new Measurement(
        new UUID(0, 1),
        new UUID(0, 2),
        1,
        Optional.empty(),
        0,
        0,
        Instant.EPOCH,
        Instant.EPOCH,
        "agent",
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "ipv4",
        OptionalLong.empty(),
        "page",
        "page:1",
        "https://videos.example/1",
        Optional.empty(),
        outcome,
        kind,
        Optional.empty(),
        Optional.empty(),
        ok ? OptionalLong.of(400_000) : OptionalLong.empty(),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty(),
        ok ? OptionalLong.of(8_000_000) : OptionalLong.empty(),
        OptionalLong.empty(),
        rttMicros,
        OptionalLong.empty(),
        OptionalLong.empty(),
        1);
  }
}
