package org.vidtomo.dashboard.compare;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Agents change sides by chance. Compared are Welch's t, so that groups of unequal size and spread
 * don't mislead (Janssen, "Studentized Permutation Tests for Non-i.i.d. Hypotheses", Statistics and
 * Probability Letters 36, 1997). For one thread.
 */
final class Permutation {
  /** Rounding makes equal ones differ. */
  private static final double SLACK = 1 - 1e-9;

  /** So many on the smaller side change places like Student's t tells. */
  private static final int MANY = 50;

  private final double[] fewer;
  private final double[] more;
  private final double[] values;
  private final int drawn;
  private final double sum;
  private final double squares;
  private final double seen;

  Permutation(double[] a, double[] b) {
    fewer = a.length <= b.length ? a : b;
    more = a.length <= b.length ? b : a;
    values = Arrays.copyOf(fewer, a.length + b.length);
    System.arraycopy(more, 0, values, fewer.length, more.length);
    double middle = StudentT.mean(values);
    for (int i = 0; i < values.length; i++) {
      values[i] -= middle;
    }
    drawn = fewer.length;
    sum = Arrays.stream(values).sum();
    squares = Arrays.stream(values).map(v -> v * v).sum();
    seen = distance() * SLACK;
  }

  double p(String name, Resampling resampling) {
    if (squares == 0) {
      return 1;
    }
    return drawn >= MANY ? StudentT.p(fewer, more) : resampling.p(name, this::asExtreme);
  }

  private boolean asExtreme(SplittableRandom random) {
    for (int i = 0; i < drawn; i++) {
      int j = i + random.nextInt(values.length - i);
      double kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
    return distance() >= seen;
  }

  /** Of the first ones from the others. */
  private double distance() {
    double sumFirst = 0;
    double squaresFirst = 0;
    for (int i = 0; i < drawn; i++) {
      sumFirst += values[i];
      squaresFirst += values[i] * values[i];
    }
    int rest = values.length - drawn;
    double sumRest = sum - sumFirst;
    double difference = Math.abs(sumFirst / drawn - sumRest / rest);
    double variance =
        varianceOfMean(sumFirst, squaresFirst, drawn)
            + varianceOfMean(sumRest, squares - squaresFirst, rest);
    return difference / Math.sqrt(Math.max(variance, 1e-12 * squares / values.length));
  }

  private static double varianceOfMean(double sum, double squares, int count) {
    return Math.max(0, squares - sum * sum / count) / (count - 1) / count;
  }
}
