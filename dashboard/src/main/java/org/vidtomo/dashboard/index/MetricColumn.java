package org.vidtomo.dashboard.index;

import static org.vidtomo.dashboard.index.Columns.Real;
import static org.vidtomo.dashboard.index.Columns.Whole;

import org.vidtomo.dashboard.compare.Metric;

/**
 * One metric of a segment's rows. What the service or the agent's owner refused says nothing of an
 * ISP, nor does what was not measured: such rows have no value.
 */
final class MetricColumn {
  private static final double MICROS = 1e6;
  private final Metric metric;
  private final byte[] state;
  private final int[] whole;
  private final double[] real;
  private final double unit;

  MetricColumn(Metric metric, Columns columns) {
    this.metric = metric;
    state = columns.state();
    switch (metric) {
      case STARTUP_DELAY -> whole = columns.whole(Whole.STARTUP_MICROS);
      case TIME_TO_FIRST_BYTE -> whole = columns.whole(Whole.FIRST_BYTE_MICROS);
      case RTT -> whole = columns.whole(Whole.RTT_MICROS);
      case RESOLVE_TIME -> whole = columns.whole(Whole.RESOLVE_MICROS);
      case STALL_COUNT -> whole = columns.whole(Whole.STALLS);
      case STALL_RATIO, STALLING_MOS, GOODPUT, FAILURE_RATIO -> whole = null;
      default -> throw new IllegalStateException("no column for " + metric);
    }
    real =
        switch (metric) {
          case STALL_RATIO -> columns.real(Real.STALL_RATIO);
          case STALLING_MOS -> columns.real(Real.STALLING_MOS);
          case GOODPUT -> columns.real(Real.GOODPUT_BPS);
          default -> null;
        };
    unit = metric == Metric.STALL_COUNT ? 1 : MICROS;
  }

  /** In the metric's unit; NaN: the row does not count. */
  double value(int row) {
    return switch (State.of(state[row])) {
      case OK -> metric == Metric.FAILURE_RATIO ? 0 : measured(row);
      case FAILED -> ofFailure(row);
      case FAILED_ELSEWHERE, REFUSED -> Double.NaN;
    };
  }

  private double ofFailure(int row) {
    return switch (metric) {
      case FAILURE_RATIO -> 1;
      case STARTUP_DELAY, GOODPUT -> metric.worst();
      // Packets that came back before something else failed are still a delay.
      case RTT -> whole[row] < 0 ? metric.worst() : measured(row);
      default -> measured(row);
    };
  }

  /** Whether the row's value stands for a failure. */
  boolean failed(int row) {
    return State.of(state[row]) == State.FAILED
        && switch (metric) {
          case FAILURE_RATIO, STARTUP_DELAY, GOODPUT -> true;
          case RTT -> whole[row] < 0;
          default -> false;
        };
  }

  private double measured(int row) {
    if (whole == null) {
      return real[row];
    }
    return whole[row] < 0 ? Double.NaN : whole[row] / unit;
  }
}
