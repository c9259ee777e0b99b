package org.vidtomo.dashboard.compare;

import java.util.Arrays;
import org.vidtomo.dashboard.compare.Metric.Centre;

/** Medians or means of parts of arrays. */
public final class Middles {
  private Middles() {}

  /** Of at least one value; those between the limits are sorted. */
  public static double of(double[] values, int from, int to, Centre centre) {
    if (centre == Centre.MEDIAN) {
      Arrays.sort(values, from, to);
    }
    return ofSorted(values, from, to, centre);
  }

  /** Of at least one value, ascending between the limits. */
  public static double ofSorted(double[] values, int from, int to, Centre centre) {
    int count = to - from;
    if (centre == Centre.MEDIAN) {
      int half = from + count / 2;
      return count % 2 == 1 ? values[half] : between(values[half - 1], values[half]);
    }
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    return sum / count;
  }

  /** Half-way between two values; equal ones, infinite ones too, stay what they are. */
  static double between(double a, double b) {
    return a == b ? a : a / 2 + b / 2;
  }
}
