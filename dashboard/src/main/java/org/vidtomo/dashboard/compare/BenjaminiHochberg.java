package org.vidtomo.dashboard.compare;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Adjusted p values that keep the false discovery rate (Benjamini and Hochberg, "Controlling the
 * False Discovery Rate", J. R. Statist. Soc. B 57(1), 1995).
 */
final class BenjaminiHochberg {
  private BenjaminiHochberg() {}

  /** In the order of the given ones. */
  static double[] adjust(double[] p) {
    List<Integer> largestFirst =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> p[i]).reversed())
            .toList();
    double[] adjusted = new double[p.length];
    double least = 1;
    for (int position = 0; position < p.length; position++) {
      int index = largestFirst.get(position);
      int rank = p.length - position;
      least = Math.min(least, p[index] * p.length / rank);
      adjusted[index] = least;
    }
    return adjusted;
  }
}
