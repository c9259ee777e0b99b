package org.vidtomo.dashboard.compare;

import java.util.Arrays;

/**
 * The one-sample Hodges–Lehmann estimate: the median of all Walsh averages (dᵢ + dⱼ)/2, i ≤ j
 * (Hodges and Lehmann, "Estimates of Location Based on Rank Tests", Ann. Math. Statist. 34(2),
 * 1963). Exact, in O(n log n): the averages are counted, never listed.
 */
final class HodgesLehmann {
  /** Stands for infinity, so that +∞ and −∞ have the middle 0. */
  private static final double HUGE = 1e300;

  private static final double INFINITE_FROM = 1e299;

  private HodgesLehmann() {}

  /**
   * The estimate; infinite when at least half of the averages are.
   *
   * @param differences at least one, none NaN; infinite ones are allowed
   */
  static double of(double[] differences) {
    double[] sorted =
        Arrays.stream(differences).map(d -> Math.max(-HUGE, Math.min(HUGE, d))).sorted().toArray();
    long pairs = (long) sorted.length * (sorted.length + 1) / 2;
    double estimate = kth(sorted, (pairs + 1) / 2);
    if (pairs % 2 == 0) {
      estimate = Cell.middle(estimate, kth(sorted, pairs / 2 + 1));
    }
    if (Math.abs(estimate) >= INFINITE_FROM) {
      return Math.copySign(Double.POSITIVE_INFINITY, estimate);
    }
    return estimate == 0 ? 0 : estimate;
  }

  /** The k-th smallest Walsh average, by bisection over the doubles in their order. */
  private static double kth(double[] sorted, long k) {
    long low = toOrdered(sorted[0]);
    long high = toOrdered(sorted[sorted.length - 1]);
    while (low < high) {
      long middle = (low & high) + ((low ^ high) >> 1);
      if (atMost(sorted, fromOrdered(middle)) >= k) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return fromOrdered(low);
  }

  /** How many Walsh averages are at most {@code limit}: rounding keeps them in order. */
  private static long atMost(double[] sorted, double limit) {
    long count = 0;
    int right = sorted.length - 1;
    for (int left = 0; left < sorted.length && left <= right; left++) {
      while (right >= left && sorted[left] / 2 + sorted[right] / 2 > limit) {
        right--;
      }
      count += Math.max(0, right - left + 1);
    }
    return count;
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
