package org.vidtomo.dashboard.compare;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.vidtomo.dashboard.compare.Comparison.Interval;
import org.vidtomo.dashboard.compare.Comparison.Pair;

/**
 * Two groups on the same videos in the same hours.
 *
 * @param workLimit steps that all resampling of one pair may take, so that a view stays computable
 */
record PairComparer(Thresholds thresholds, Resampling resampling, long workLimit) {

  /**
   * A pair with its p before adjustment.
   *
   * @param difference a − b, perhaps infinite; NaN when nothing is in common
   */
  record Result(Pair pair, double difference, OptionalDouble p) {
    Result withAdjustedP(double adjusted) {
      return new Result(pair.withAdjustedP(adjusted), difference, p);
    }
  }

  Result compare(String a, String b, PairTable table) {
    int[] sides = table.sides();
    double[] differences = table.differences(sides);
    if (differences.length == 0) {
      return plain(a, b, Double.NaN, table, 0, "no video in the same hour from both");
    }
    double difference = table.difference(sides);
    if (table.sharesAgents()) {
      return plain(a, b, difference, table, differences.length, "the same agents are in both");
    }
    int fewest = Math.min(table.agentsA(), table.agentsB());
    if (!thresholds.enoughForInterval(fewest)) {
      return plain(a, b, difference, table, differences.length, thresholds.noInterval(fewest));
    }
    if (table.cost() * resampling.replicates() * 2 > workLimit) {
      return plain(
          a, b, difference, table, differences.length, "too much data for an interval at once");
    }
    OptionalDouble shown = GroupStatistics.finite(difference);
    Pair pair =
        new Pair(
            a,
            b,
            shown,
            bootstrap(a, b, table),
            OptionalDouble.of(table.dominance()),
            OptionalDouble.empty(),
            differences.length,
            notFinite(shown));
    return new Result(pair, difference, OptionalDouble.of(permutation(a, b, table, difference)));
  }

  private static Result plain(
      String a, String b, double difference, PairTable table, int videoSlots, String why) {
    double effect = table.dominance();
    Pair pair =
        new Pair(
            a,
            b,
            GroupStatistics.finite(difference),
            Optional.empty(),
            Double.isNaN(effect) ? OptionalDouble.empty() : OptionalDouble.of(effect),
            OptionalDouble.empty(),
            videoSlots,
            Optional.of(why));
    return new Result(pair, difference, OptionalDouble.empty());
  }

  private static Optional<String> notFinite(OptionalDouble difference) {
    return difference.isPresent()
        ? Optional.empty()
        : Optional.of("the difference is not finite: one of the two mostly failed");
  }

  private Optional<Interval> bootstrap(String a, String b, PairTable table) {
    SplittableRandom random = resampling.random("interval " + a + " " + b);
    double[] drawn = new double[resampling.replicates()];
    for (int i = 0; i < drawn.length; i++) {
      int[] sides = Arrays.copyOf(Resampling.draw(random, table.agentsA()), table.sides().length);
      int[] drawnB = Resampling.draw(random, table.agentsB());
      for (int agent = 0; agent < drawnB.length; agent++) {
        sides[table.agentsA() + agent] = -drawnB[agent];
      }
      drawn[i] = table.difference(sides);
    }
    return Resampling.interval(drawn);
  }

  /** How often chance alone, exchanging agents, gives as large a difference. */
  private double permutation(String a, String b, PairTable table, double difference) {
    SplittableRandom random = resampling.random("permutation " + a + " " + b);
    int[] sides = table.sides();
    int atLeast = 0;
    for (int i = 0; i < resampling.replicates(); i++) {
      Resampling.shuffle(random, sides);
      double chance = table.difference(sides);
      if (Double.isNaN(chance) || Math.abs(chance) >= Math.abs(difference)) {
        atLeast++;
      }
    }
    return (1.0 + atLeast) / (1.0 + resampling.replicates());
  }
}
