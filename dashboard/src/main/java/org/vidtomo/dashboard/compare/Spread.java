package org.vidtomo.dashboard.compare;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.vidtomo.dashboard.compare.Comparison.Counts;
import org.vidtomo.dashboard.compare.Comparison.Interval;
import org.vidtomo.dashboard.compare.Metric.Centre;

/**
 * How the cells of one point lie, each agent weighing the same: what a {@link Comparison.Group}
 * says of a group, of a part of one.
 *
 * @param mean of a ratio; the quantiles are then over agents
 * @param interval of the median, of a ratio's mean; absent of too few agents
 */
public record Spread(
    Counts n,
    OptionalDouble p10,
    OptionalDouble p50,
    OptionalDouble p90,
    OptionalDouble mean,
    Optional<Interval> interval) {
  public Spread {
    requireNonNull(n, "n");
    requireNonNull(interval, "interval");
  }

  /**
   * Of a point's cells.
   *
   * @param values at least one, in any order
   * @param agentOf each value's agent, from 0
   * @param agents how many there are; each has a value
   */
  public static Spread of(Metric metric, Counts n, double[] values, int[] agentOf, int agents) {
    return metric.centre() == Centre.MEAN
        ? ofMeans(n, means(values, agentOf, agents))
        : ofCells(n, values, agentOf, agents);
  }

  private static Spread ofMeans(Counts n, double[] means) {
    WeightedValues shown = WeightedValues.equal(means);
    return spread(
        n,
        shown,
        GroupStatistics.finite(shown.mean()),
        enough(means.length) ? StudentT.ofShares(means) : Optional.empty());
  }

  private static Spread ofCells(Counts n, double[] values, int[] agentOf, int agents) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int[] agentOfSorted = new int[values.length];
    int[] taken = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      int first = first(sorted, values[i]);
      agentOfSorted[first + taken[first]++] = agentOf[i];
    }
    int[] cellsOf = new int[agents];
    for (int agent : agentOf) {
      cellsOf[agent]++;
    }
    double[] weights = Arrays.stream(agentOfSorted).mapToDouble(a -> 1.0 / cellsOf[a]).toArray();
    WeightedValues shown = WeightedValues.ofSorted(sorted, weights);
    return spread(
        n,
        shown,
        OptionalDouble.empty(),
        enough(agents)
            ? GroupStatistics.ofMedian(sorted, weights, agentOfSorted, agents)
            : Optional.empty());
  }

  /** The first place of a value that is there. */
  private static int first(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double[] means(double[] values, int[] agentOf, int agents) {
    double[] means = new double[agents];
    int[] cells = new int[agents];
    for (int i = 0; i < values.length; i++) {
      means[agentOf[i]] += values[i];
      cells[agentOf[i]]++;
    }
    for (int agent = 0; agent < agents; agent++) {
      means[agent] /= cells[agent];
    }
    return means;
  }

  private static boolean enough(int agents) {
    return Thresholds.DEFAULTS.enoughForInterval(agents);
  }

  private static Spread spread(
      Counts n, WeightedValues shown, OptionalDouble mean, Optional<Interval> interval) {
    return new Spread(
        n,
        GroupStatistics.finite(shown.quantile(0.1)),
        GroupStatistics.finite(shown.quantile(0.5)),
        GroupStatistics.finite(shown.quantile(0.9)),
        mean,
        interval);
  }
}
