package org.vidtomo.dashboard.compare;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What a rank statistic is distributed like when only chance is at work: symmetric over the whole
 * numbers from 0 to {@code most}. Exact for few agents, beyond that by the normal distribution with
 * a correction for continuity. Valid where no values are tied. Immutable.
 */
final class RankDistribution {
  /** Pairs of agents up to which the distribution of two samples is exact. */
  private static final int EXACT_PAIRS = 2_500;

  /** Agents up to which the distribution of signs is exact. */
  private static final int EXACT_SIGNS = 60;

  private static final double OUTSIDE = 0.05;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private final long most;
  private final double deviation;

  /** Shares at or below each number in the lower half; empty when they are approximate. */
  private final double[] atMost;

  private RankDistribution(long most, double deviation, double[] atMost) {
    this.most = most;
    this.deviation = deviation;
    this.atMost = atMost;
  }

  /**
   * How many of all pairs of one from each sample have the first greater (Mann and Whitney, "On a
   * Test of Whether one of Two Random Variables is Stochastically Larger than the Other", Ann.
   * Math. Statist. 18(1), 1947).
   */
  static RankDistribution ofTwoSamples(int first, int second) {
    long pairs = (long) first * second;
    double deviation = Math.sqrt(pairs / 12.0 * (first + second + 1));
    if (pairs > EXACT_PAIRS) {
      return new RankDistribution(pairs, deviation, new double[0]);
    }
    // The counts are the coefficients of the Gaussian binomial (first + second over first).
    double[] ways = one((int) pairs / 2);
    for (int i = 1; i <= first; i++) {
      for (int at = ways.length - 1; at >= second + i; at--) {
        ways[at] -= ways[at - second - i];
      }
      for (int at = i; at < ways.length; at++) {
        ways[at] += ways[at - i];
      }
    }
    double all = 1;
    for (int i = 1; i <= first; i++) {
      all *= (double) (second + i) / i;
    }
    return new RankDistribution(pairs, deviation, shares(ways, all));
  }

  /**
   * The sum of the ranks of those above 0 (Wilcoxon, "Individual Comparisons by Ranking Methods",
   * Biometrics Bulletin 1(6), 1945).
   */
  static RankDistribution ofSigns(int count) {
    long sum = (long) count * (count + 1) / 2;
    double deviation = Math.sqrt(sum / 12.0 * (2 * count + 1));
    if (count > EXACT_SIGNS) {
      return new RankDistribution(sum, deviation, new double[0]);
    }
    double[] ways = one((int) sum / 2);
    for (int rank = 1; rank <= count; rank++) {
      for (int at = ways.length - 1; at >= rank; at--) {
        ways[at] += ways[at - rank];
      }
    }
    return new RankDistribution(sum, deviation, shares(ways, Math.pow(2, count)));
  }

  private static double[] one(int length) {
    double[] ways = new double[length + 1];
    ways[0] = 1;
    return ways;
  }

  private static double[] shares(double[] ways, double all) {
    double[] shares = new double[ways.length];
    double sum = 0;
    for (int i = 0; i < ways.length; i++) {
      sum += ways[i];
      shares[i] = sum / all;
    }
    return shares;
  }

  /** How often chance alone is as far from the middle, on either side. */
  double p(long statistic) {
    return Math.min(1, 2 * atMost(Math.min(statistic, most - statistic)));
  }

  /**
   * How many of the ordered values lie outside a 95 % interval at each end, counting its own end: 0
   * when there are too few for an interval.
   */
  long end() {
    if (atMost.length == 0) {
      double quantile = NORMAL.inverseCumulativeProbability(OUTSIDE / 2);
      return Math.max(0, (long) Math.floor(most / 2.0 - 0.5 + quantile * deviation) + 1);
    }
    int end = 0;
    while (end < atMost.length && 2 * atMost[end] <= OUTSIDE) {
      end++;
    }
    return end;
  }

  private double atMost(long statistic) {
    return atMost.length > 0
        ? atMost[(int) statistic]
        : NORMAL.cumulativeProbability((statistic + 0.5 - most / 2.0) / deviation);
  }
}
