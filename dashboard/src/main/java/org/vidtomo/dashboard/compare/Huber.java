package org.vidtomo.dashboard.compare;

import java.util.Arrays;
import org.vidtomo.dashboard.compare.Metric.Centre;

/**
 * Huber's M-estimate of location with a given scale ("Robust Estimation of a Location Parameter",
 * Ann. Math. Statist. 35(1), 1964): nearly the mean where values scatter about it, and values far
 * off, infinite ones too, count as {@value #BEND} scales off. Infinite only when more than half of
 * the values are.
 */
final class Huber {
  /** 95 % as precise as the mean where values are normal. */
  private static final double BEND = 1.345;

  /** The median of absolute deviations of normal values, times this, is their deviation. */
  private static final double NORMAL = 1.4826;

  private static final int MOST_STEPS = 50;

  private Huber() {}

  /** What values scatter by: from at least one, bounded; sorts them. */
  static double scale(double[] deviations, int count) {
    for (int i = 0; i < count; i++) {
      deviations[i] = Math.abs(deviations[i]);
    }
    Arrays.sort(deviations, 0, count);
    return NORMAL * deviations[count / 2];
  }

  /**
   * The estimate.
   *
   * @param values at least one, ascending between the limits, infinite ones bounded
   * @param scale 0 for the median
   */
  static double ofSorted(double[] values, int from, int to, double scale) {
    int first = from;
    int last = to;
    while (first < to && values[first] < 0 && HodgesLehmann.isInfinite(values[first])) {
      first++;
    }
    while (last > first && HodgesLehmann.isInfinite(values[last - 1])) {
      last--;
    }
    int excess = (to - last) - (first - from);
    if (Math.abs(excess) > last - first) {
      return Math.copySign(HodgesLehmann.HUGE, excess);
    }
    if (scale == 0 || first == last) {
      return Middles.ofSorted(values, from, to, Centre.MEDIAN);
    }
    double reach = reach(scale);
    double estimate = Middles.ofSorted(values, first, last, Centre.MEDIAN);
    for (int step = 0; step < MOST_STEPS; step++) {
      double next = step(values, from, to, estimate, reach);
      if (Math.abs(next - estimate) <= 1e-12 * reach) {
        return next;
      }
      // Steps to and fro between two sets of near values end half-way.
      estimate = step < MOST_STEPS / 2 ? next : (estimate + next) / 2;
    }
    return estimate;
  }

  /** How far off a value counts as it is. */
  static double reach(double scale) {
    return BEND * scale;
  }

  /** Solves the equation for those that are near now. */
  private static double step(double[] values, int from, int to, double estimate, double reach) {
    double sum = 0;
    int near = 0;
    int balance = 0;
    for (int i = from; i < to; i++) {
      double off = values[i] - estimate;
      if (off > reach) {
        balance++;
      } else if (off < -reach) {
        balance--;
      } else {
        sum += values[i];
        near++;
      }
    }
    return near == 0 ? estimate : (sum + balance * reach) / near;
  }
}
