package org.vidtomo.core.playback;

import java.util.OptionalDouble;

/**
 * Throughput as a player sees it: the lesser of two exponentially weighted moving averages over the
 * segments, each segment weighing as long as it took, so that falls are followed fast and rises
 * slowly. Half-lives of 3 and 8 seconds and the weight of 0.0015 per millisecond are the defaults
 * of dash.js 5 ({@code abr.throughput.ewma}); the estimator is that of Shaka Player.
 *
 * @param fast and slow: weighted sums, from 0
 * @param weight of all samples, seconds
 */
public record ThroughputEstimate(double fast, double slow, double weight) {
  private static final double FAST_HALF_LIFE = 3;
  private static final double SLOW_HALF_LIFE = 8;
  private static final double WEIGHT_PER_MICRO = 0.0015 / 1000;

  /** Nothing was seen. */
  public static final ThroughputEstimate NONE = new ThroughputEstimate(0, 0, 0);

  /**
   * A segment came.
   *
   * @param micros from its request to its last byte
   */
  public ThroughputEstimate with(long bytes, long micros) {
    if (bytes <= 0 || micros <= 0) {
      return this;
    }
    double sampleWeight = micros * WEIGHT_PER_MICRO;
    double bps = bytes * 8e6 / micros;
    return new ThroughputEstimate(
        average(fast, bps, sampleWeight, FAST_HALF_LIFE),
        average(slow, bps, sampleWeight, SLOW_HALF_LIFE),
        weight + sampleWeight);
  }

  private static double average(double before, double bps, double weight, double halfLife) {
    double keep = Math.pow(0.5, weight / halfLife);
    return before * keep + bps * (1 - keep);
  }

  /** Bit/s; absent before the first segment. */
  public OptionalDouble bps() {
    return weight == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            Math.min(unbiased(fast, FAST_HALF_LIFE), unbiased(slow, SLOW_HALF_LIFE)));
  }

  /** The averages begin at 0, which weighs less and less. */
  private double unbiased(double average, double halfLife) {
    return average / (1 - Math.pow(0.5, weight / halfLife));
  }
}
