package org.vidtomo.dashboard.compare;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;
import org.vidtomo.dashboard.compare.Comparison.Interval;

/** Means of independent values and their 95 % intervals by Student's t. */
final class StudentT {
  private static final double TAIL = 0.025;

  /** Of whole degrees of freedom, as they were asked for: each is found by many trials. */
  private static final double[] KNOWN = new double[4_096];

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

  /** The same of shares, none of which lies below 0 or above 1. */
  static Optional<Interval> ofShares(double[] values) {
    return interval(values)
        .map(found -> new Interval(Math.max(0, found.low()), Math.min(1, found.high())));
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
    double margin = critical(freedom(ofA, a.length, ofB, b.length)) * Math.sqrt(sum);
    return Interval.of(difference - margin, difference + margin);
  }

  /** How often chance alone gives a mean as far from 0; at least two values. */
  static double p(double[] values) {
    return p(mean(values), varianceOfMean(values), values.length - 1);
  }

  /**
   * How often chance alone gives means as far from each other; at least two values on each side.
   */
  static double p(double[] a, double[] b) {
    double ofA = varianceOfMean(a);
    double ofB = varianceOfMean(b);
    return p(mean(a) - mean(b), ofA + ofB, freedom(ofA, a.length, ofB, b.length));
  }

  private static double p(double difference, double variance, double freedom) {
    if (variance == 0) {
      return difference == 0 ? 1 : 0;
    }
    double t = Math.abs(difference) / Math.sqrt(variance);
    return 2 * TDistribution.of(freedom).survivalProbability(t);
  }

  private static double freedom(double ofA, int countA, double ofB, int countB) {
    double sum = ofA + ofB;
    return sum * sum / (ofA * ofA / (countA - 1) + ofB * ofB / (countB - 1));
  }

  /** Two threads may both compute the same. */
  private static double critical(int degreesOfFreedom) {
    if (degreesOfFreedom >= KNOWN.length) {
      return critical((double) degreesOfFreedom);
    }
    if (KNOWN[degreesOfFreedom] == 0) {
      KNOWN[degreesOfFreedom] = critical((double) degreesOfFreedom);
    }
    return KNOWN[degreesOfFreedom];
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
