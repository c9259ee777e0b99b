package org.vidtomo.dashboard.compare;

import java.util.Arrays;
import java.util.Optional;
import org.vidtomo.dashboard.compare.Comparison.Interval;

/**
 * Hodges–Lehmann estimates (Hodges and Lehmann, "Estimates of Location Based on Rank Tests", Ann.
 * Math. Statist. 34(2), 1963): of two samples the median of all differences of one from each, of
 * one sample the median of all Walsh averages (dᵢ + dⱼ)/2, i ≤ j. Exact: the differences are
 * counted, never listed. Their order statistics are the ends of intervals. Immutable.
 */
final class HodgesLehmann {
  /** Stands for infinity, so that +∞ and −∞ have the middle 0. */
  static final double HUGE = 1e300;

  private static final double INFINITE_FROM = 1e299;

  /** So few are listed and sorted. */
  private static final int FEW = 256;

  private final long count;
  private final double least;
  private final double greatest;
  private final Values values;

  /** What is counted instead of listed. */
  private interface Values {
    /** How many are at most so much. */
    long atMost(double limit);

    /** Lists those over one limit and at most another; gives how many. */
    int list(double over, double limit, double[] into);
  }

  private HodgesLehmann(long count, double least, double greatest, Values values) {
    this.count = count;
    this.least = least;
    this.greatest = greatest;
    this.values = values;
  }

  /** Of one sample: at least one value, none NaN; infinite ones are allowed. */
  static HodgesLehmann of(double[] values) {
    double[] sorted = bounded(values);
    return new HodgesLehmann(
        (long) sorted.length * (sorted.length + 1) / 2,
        sorted[0],
        sorted[sorted.length - 1],
        new Averages(sorted));
  }

  /** How much the first lies above the second: the same conditions. */
  static HodgesLehmann of(double[] first, double[] second) {
    double[] a = bounded(first);
    double[] b = bounded(second);
    return new HodgesLehmann(
        (long) a.length * b.length,
        a[0] - b[b.length - 1],
        a[a.length - 1] - b[0],
        new Differences(a, b));
  }

  private static double[] bounded(double[] values) {
    return Arrays.stream(values).map(HodgesLehmann::bounded).sorted().toArray();
  }

  /** The same value, but for infinite ones, with which one could not reckon. */
  static double bounded(double value) {
    return Math.max(-HUGE, Math.min(HUGE, value));
  }

  /** The opposite. */
  static double unbounded(double value) {
    return isInfinite(value) ? Math.copySign(Double.POSITIVE_INFINITY, value) : value;
  }

  /** Whether a bounded value stands for an infinite one. */
  static boolean isInfinite(double value) {
    return Math.abs(value) >= INFINITE_FROM;
  }

  /** The median; infinite when at least half of all are. */
  double estimate() {
    double estimate = kth((count + 1) / 2);
    if (count % 2 == 0) {
      estimate = Middles.between(estimate, kth(count / 2 + 1));
    }
    return estimate == 0 ? 0 : unbounded(estimate);
  }

  /** From the end-th smallest to the end-th largest; empty for 0 and when an end is infinite. */
  Optional<Interval> interval(long end) {
    return end == 0
        ? Optional.empty()
        : Interval.of(unbounded(kth(end)), unbounded(kth(count + 1 - end)));
  }

  /**
   * The k-th smallest: by halving, by turns the values between the limits and the doubles there, so
   * that neither close nor huge values take long, until few are left.
   */
  private double kth(long k) {
    double low = Math.nextDown(least);
    double high = greatest;
    long below = 0;
    long upTo = count;
    boolean byValue = true;
    while (upTo - below > FEW && Math.nextUp(low) < high) {
      double middle = byValue ? low / 2 + high / 2 : halfWay(low, high);
      byValue = !byValue;
      if (middle <= low || middle >= high) {
        continue;
      }
      long found = values.atMost(middle);
      if (found >= k) {
        high = middle;
        upTo = found;
      } else {
        low = middle;
        below = found;
      }
    }
    if (upTo - below > FEW) {
      return high;
    }
    double[] few = new double[FEW];
    int listed = values.list(low, high, few);
    Arrays.sort(few, 0, listed);
    return few[(int) (k - below) - 1];
  }

  private static double halfWay(double low, double high) {
    long from = toOrdered(low);
    long to = toOrdered(high);
    return fromOrdered((from & to) + ((from ^ to) >> 1));
  }

  /** Walsh averages: rounding keeps them in order. */
  private record Averages(double[] sorted) implements Values {
    @Override
    public long atMost(double limit) {
      long found = 0;
      int right = sorted.length - 1;
      for (int left = 0; left < sorted.length && left <= right; left++) {
        while (right >= left && sorted[left] / 2 + sorted[right] / 2 > limit) {
          right--;
        }
        found += Math.max(0, right - left + 1);
      }
      return found;
    }

    @Override
    public int list(double over, double limit, double[] into) {
      int listed = 0;
      int right = sorted.length - 1;
      for (int left = 0; left < sorted.length && left <= right; left++) {
        while (right >= left && sorted[left] / 2 + sorted[right] / 2 > limit) {
          right--;
        }
        for (int i = right; i >= left && sorted[left] / 2 + sorted[i] / 2 > over; i--) {
          into[listed++] = sorted[left] / 2 + sorted[i] / 2;
        }
      }
      return listed;
    }
  }

  /** Differences of one from each, both ascending. */
  private record Differences(double[] a, double[] b) implements Values {
    @Override
    public long atMost(double limit) {
      long found = 0;
      int below = 0;
      for (double each : a) {
        while (below < b.length && each - b[below] > limit) {
          below++;
        }
        found += b.length - below;
      }
      return found;
    }

    @Override
    public int list(double over, double limit, double[] into) {
      int listed = 0;
      int below = 0;
      for (double each : a) {
        while (below < b.length && each - b[below] > limit) {
          below++;
        }
        for (int i = below; i < b.length && each - b[i] > over; i++) {
          into[listed++] = each - b[i];
        }
      }
      return listed;
    }
  }

  /** A long in the order of the doubles. */
  private static long toOrdered(double value) {
    long bits = Double.doubleToLongBits(value);
    return bits < 0 ? Long.MIN_VALUE - bits : bits;
  }

  private static double fromOrdered(long ordered) {
    return Double.longBitsToDouble(ordered < 0 ? Long.MIN_VALUE - ordered : ordered);
  }
}
