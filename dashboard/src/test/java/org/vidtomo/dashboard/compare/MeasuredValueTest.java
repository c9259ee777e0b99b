package org.vidtomo.dashboard.compare;

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
import org.vidtomo.storage.Measurement;

class MeasuredValueTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void whatWasMeasured_isInSecondsAndBitsPerSecond() {
    Measurement ok = measurement(Outcome.OK, Optional.empty(), OptionalLong.of(20_000));
    assertThat(MeasuredValue.of(Metric.STARTUP_DELAY, ok)).hasValue(new MeasuredValue(0.4, false));
    assertThat(MeasuredValue.of(Metric.GOODPUT, ok)).hasValue(new MeasuredValue(8e6, false));
    assertThat(MeasuredValue.of(Metric.RTT, ok)).hasValue(new MeasuredValue(0.02, false));
    assertThat(MeasuredValue.of(Metric.FAILURE_RATIO, ok)).hasValue(new MeasuredValue(0, false));
    assertThat(MeasuredValue.of(Metric.STALL_COUNT, ok)).isEmpty();
  }

  @Test
  void aFailureOfTheNetwork_ranksWorst() {
    Measurement failed =
        measurement(
            Outcome.FAILED, Optional.of(FailureKind.CONNECTION_RESET), OptionalLong.empty());
    assertThat(MeasuredValue.of(Metric.STARTUP_DELAY, failed))
        .hasValue(new MeasuredValue(INF, true));
    assertThat(MeasuredValue.of(Metric.GOODPUT, failed)).hasValue(new MeasuredValue(0, true));
    assertThat(MeasuredValue.of(Metric.RTT, failed)).hasValue(new MeasuredValue(INF, true));
    assertThat(MeasuredValue.of(Metric.FAILURE_RATIO, failed)).hasValue(new MeasuredValue(1, true));
    assertThat(MeasuredValue.of(Metric.STALL_RATIO, failed)).isEmpty();
  }

  @Test
  void aDelayThatWasMeasured_standsAlthoughTheDownloadFailed() {
    Measurement failed =
        measurement(
            Outcome.FAILED, Optional.of(FailureKind.BODY_TRUNCATED), OptionalLong.of(30_000));
    assertThat(MeasuredValue.of(Metric.RTT, failed)).hasValue(new MeasuredValue(0.03, false));
  }

  @Test
  void whatServiceOrOwnerRefused_neverCounts() {
    for (Metric metric : Metric.values()) {
      for (Outcome outcome :
          new Outcome[] {Outcome.BLOCKED_BY_SERVICE, Outcome.REFUSED_BY_POLICY, Outcome.EXPIRED}) {
        assertThat(MeasuredValue.of(metric, measurement(outcome, Optional.empty(), rtt())))
            .as(metric + " " + outcome)
            .isEmpty();
      }
      for (FailureKind kind : new FailureKind[] {FailureKind.BOT_CHECK, FailureKind.DATA_CAP}) {
        assertThat(MeasuredValue.of(metric, measurement(Outcome.FAILED, Optional.of(kind), rtt())))
            .as(metric + " " + kind)
            .isEmpty();
      }
    }
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
