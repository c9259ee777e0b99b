package org.vidtomo.dashboard.compare;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.FailureKind.Cause;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.storage.Measurement;

/**
 * What one measurement says of one metric.
 *
 * @param failed whether the value stands for a failure
 */
record MeasuredValue(double value, boolean failed) {

  /**
   * The value, if the measurement counts for the metric: what the service or the agent's owner
   * refused says nothing of an ISP, nor does what was not measured.
   */
  static Optional<MeasuredValue> of(Metric metric, Measurement measurement) {
    if (measurement.outcome() == Outcome.OK) {
      return metric == Metric.FAILURE_RATIO
          ? Optional.of(new MeasuredValue(0, false))
          : measured(metric, measurement);
    }
    Cause cause = measurement.failureKind().orElse(FailureKind.UNKNOWN).mayBeCausedBy();
    if (measurement.outcome() != Outcome.FAILED || cause != Cause.NETWORK) {
      return Optional.empty();
    }
    return switch (metric) {
      case FAILURE_RATIO -> Optional.of(new MeasuredValue(1, true));
      case STARTUP_DELAY, GOODPUT -> Optional.of(new MeasuredValue(metric.worst(), true));
      // Packets that came back before something else failed are still a delay.
      case RTT ->
          measured(metric, measurement)
              .or(() -> Optional.of(new MeasuredValue(metric.worst(), true)));
      case STALL_RATIO, STALL_COUNT, STALLING_MOS, TIME_TO_FIRST_BYTE, RESOLVE_TIME ->
          measured(metric, measurement);
    };
  }

  private static Optional<MeasuredValue> measured(Metric metric, Measurement m) {
    OptionalDouble value =
        switch (metric) {
          case STARTUP_DELAY -> seconds(m.startupDelayMicros());
          case STALL_RATIO -> m.stallRatio();
          case STALL_COUNT ->
              m.stallCount().isPresent()
                  ? OptionalDouble.of(m.stallCount().getAsInt())
                  : OptionalDouble.empty();
          case STALLING_MOS -> m.stallingMos();
          case GOODPUT ->
              m.goodputBps().isPresent()
                  ? OptionalDouble.of(m.goodputBps().getAsLong())
                  : OptionalDouble.empty();
          case TIME_TO_FIRST_BYTE -> seconds(m.timeToFirstByteMicros());
          case RTT -> seconds(m.rttMicros());
          case RESOLVE_TIME -> seconds(m.resolveMicros());
          case FAILURE_RATIO -> OptionalDouble.empty();
        };
    return value.isPresent()
        ? Optional.of(new MeasuredValue(value.getAsDouble(), false))
        : Optional.empty();
  }

  private static OptionalDouble seconds(OptionalLong micros) {
    return micros.isPresent()
        ? OptionalDouble.of(micros.getAsLong() / 1e6)
        : OptionalDouble.empty();
  }
}
