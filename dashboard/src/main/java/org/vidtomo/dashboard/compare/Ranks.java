package org.vidtomo.dashboard.compare;

import java.util.Arrays;

/** Ranks from 1; equal values share the mean of theirs. */
final class Ranks {
  private final double[] ranks;
  private final double ties;

  private Ranks(double[] ranks, double ties) {
    this.ranks = ranks;
    this.ties = ties;
  }

  static Ranks of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] ranks = new double[values.length];
    double ties = 0;
    for (int i = 0; i < values.length; i++) {
      int first = Arrays.binarySearch(sorted, values[i]);
      int last = first;
      while (first > 0 && sorted[first - 1] == values[i]) {
        first--;
      }
      while (last + 1 < sorted.length && sorted[last + 1] == values[i]) {
        last++;
      }
      ranks[i] = (first + last) / 2.0 + 1;
      double together = last - first + 1;
      ties += together * together - 1;
    }
    return new Ranks(ranks, ties);
  }

  /** In the order of the values. */
  double[] all() {
    return ranks;
  }

  /** Whether values are equal. */
  boolean tied() {
    return ties > 0;
  }

  /** Over all sets of t equal values, the sum of t³ − t. */
  double ties() {
    return ties;
  }
}
