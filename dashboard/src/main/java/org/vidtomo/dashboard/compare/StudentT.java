package org.vidtomo.dashboard.compare;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;
import org.vidtomo.dashboard.compare.Comparison.Interval;

/** Means of independent values and their 95 % intervals by Student's t. */
final class StudentT {
  private static final double TAIL = 0.025;

  private StudentT() {}

  static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  /** Half the width of the mean's interval; at least two values. */
  static double margin(double[] values) {
    double ofMean = varianceOfMean(values);
    return ofMean == 0 ? 0 : critical(values.length - 1) * Math.sqrt(ofMean);
  }

  /** The mean's interval; at least two values. */
  static Optional<Interval> interval(double[] values) {
    double mean = mean(values);
    double margin = margin(values);
    return Interval.of(mean - margin, mean + margin);
  }

  /**
   * The interval of the difference of two means whose variances may differ (Welch, "The
   * Generalization of Student's Problem", Biometrika 34, 1947); at least two values on each side.
   */
  static Optional<Interval> interval(double[] a, double[] b) {
    double difference = mean(a) - mean(b);
    double ofA = varianceOfMean(a);
    double ofB = varianceOfMean(b);
    double sum = ofA + ofB;
    if (sum == 0) {
      return Interval.of(difference, difference);
    }
    double freedom = sum * sum / (ofA * ofA / (a.length - 1) + ofB * ofB / (b.length - 1));
    double margin = critical(freedom) * Math.sqrt(sum);
    return Interval.of(difference - margin, difference + margin);
  }

  private static double critical(double degreesOfFreedom) {
    return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(TAIL);
  }

  private static double varianceOfMean(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return squares / (values.length - 1) / values.length;
  }
}
