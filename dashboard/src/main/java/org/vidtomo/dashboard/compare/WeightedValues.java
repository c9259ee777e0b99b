package org.vidtomo.dashboard.compare;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Values in ascending order, each with its weight. A quantile is the inverse of the weighted
 * empirical distribution, averaged where that is flat (definition 2 of Hyndman and Fan, "Sample
 * Quantiles in Statistical Packages", The American Statistician 50(4), 1996).
 */
final class WeightedValues {
  /** Sums of weights such as 1/3 miss a whole number by rounding. */
  private static final double TOLERANCE = 1e-9;

  private final double[] values;
  private final double[] weights;
  private final double total;

  private record Entry(double value, double weight) {}

  private WeightedValues(double[] values, double[] weights) {
    this.values = values;
    this.weights = weights;
    this.total = Arrays.stream(weights).sum();
  }

  /**
   * In any order.
   *
   * @param weights not negative, one for each value, not all 0
   */
  static WeightedValues of(double[] values, double[] weights) {
    Entry[] entries = new Entry[values.length];
    for (int i = 0; i < values.length; i++) {
      entries[i] = new Entry(values[i], weights[i]);
    }
    Arrays.sort(entries, Comparator.comparingDouble(Entry::value));
    List<Entry> sorted = Arrays.asList(entries);
    return new WeightedValues(
        sorted.stream().mapToDouble(Entry::value).toArray(),
        sorted.stream().mapToDouble(Entry::weight).toArray());
  }

  /** Already in ascending order. */
  static WeightedValues ofSorted(double[] values, double[] weights) {
    return new WeightedValues(values, weights);
  }

  /** All of the same weight. */
  static WeightedValues equal(double[] values) {
    double[] weights = new double[values.length];
    Arrays.fill(weights, 1);
    return of(values, weights);
  }

  /**
   * The value below which a share of the weight lies.
   *
   * @param share over 0 and under 1
   */
  double quantile(double share) {
    double wanted = share * total;
    double tolerance = TOLERANCE * total;
    double reached = 0;
    for (int i = 0; i < values.length; i++) {
      reached += weights[i];
      if (reached > wanted + tolerance) {
        return values[i];
      }
      if (reached >= wanted - tolerance && weights[i] > 0) {
        return Middles.between(values[i], next(i));
      }
    }
    return values[values.length - 1];
  }

  private double next(int index) {
    for (int i = index + 1; i < values.length; i++) {
      if (weights[i] > 0) {
        return values[i];
      }
    }
    return values[index];
  }

  double mean() {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += weights[i] > 0 ? values[i] * weights[i] : 0;
    }
    return sum / total;
  }

  double[] values() {
    return values.clone();
  }

  /** The share of the weight at and below each value, in the order of {@link #values()}. */
  double[] cumulativeShares() {
    double[] shares = new double[weights.length];
    double reached = 0;
    for (int i = 0; i < weights.length; i++) {
      reached += weights[i];
      shares[i] = Math.min(1, reached / total);
    }
    return shares;
  }
}
