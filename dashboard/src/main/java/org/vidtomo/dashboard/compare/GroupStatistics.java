package org.vidtomo.dashboard.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.vidtomo.dashboard.compare.Comparison.Counts;
import org.vidtomo.dashboard.compare.Comparison.Group;
import org.vidtomo.dashboard.compare.Comparison.Interval;
import org.vidtomo.dashboard.compare.Metric.Centre;

/** One group's cells, each agent weighing the same. */
final class GroupStatistics {
  private final String key;
  private final Counts counts;
  private final Centre centre;
  private final int agents;
  private final int[] agentOf;
  private final double[] values;
  private final double[] weights;
  private final double failedShare;

  /** One group of a table. */
  GroupStatistics(CellTable table, int group, Centre centre) {
    this.key = table.groups().get(group);
    this.counts = table.counts(group);
    this.centre = centre;
    int start = table.start(group);
    int size = table.start(group + 1) - start;
    int[] unit = new int[size];
    for (int i = 1; i < size; i++) {
      boolean same = table.agent(start + i) == table.agent(start + i - 1);
      unit[i] = unit[i - 1] + (same ? 0 : 1);
    }
    agents = size == 0 ? 0 : unit[size - 1] + 1;
    int[] cellsOf = new int[agents];
    for (int each : unit) {
      cellsOf[each]++;
    }
    double[] unsorted = new double[size];
    Arrays.setAll(unsorted, i -> table.value(start + i));
    int[] order = Order.ascending(unsorted);
    agentOf = Arrays.stream(order).map(i -> unit[i]).toArray();
    values = Arrays.stream(order).mapToDouble(i -> unsorted[i]).toArray();
    weights = Arrays.stream(agentOf).mapToDouble(a -> 1.0 / cellsOf[a]).toArray();
    double failed = 0;
    for (int i = 0; i < size; i++) {
      failed += table.failedShare(start + i) / cellsOf[unit[i]];
    }
    failedShare = agents == 0 ? 0 : failed / agents;
  }

  String key() {
    return key;
  }

  Counts counts() {
    return counts;
  }

  Group describe(Thresholds thresholds) {
    WeightedValues shown = shown();
    boolean enough = thresholds.enoughToRank(counts);
    List<String> why = new ArrayList<>();
    if (!enough) {
      why.add(thresholds.notEnough(counts));
    }
    Optional<Interval> interval = Optional.empty();
    if (thresholds.enoughForInterval(agents)) {
      interval = interval();
      if (interval.isEmpty()) {
        why.add("no interval: one of its ends is not finite");
      }
    } else {
      why.add(thresholds.noInterval(agents));
    }
    OptionalDouble p90 = finite(shown.quantile(0.9));
    if (p90.isEmpty()) {
      why.add("p90 is not finite: %.0f %% failed".formatted(failedShare * 100));
    }
    return new Group(
        key,
        counts,
        finite(shown.quantile(0.1)),
        finite(shown.quantile(0.5)),
        p90,
        centre == Centre.MEAN ? finite(shown.mean()) : OptionalDouble.empty(),
        interval,
        OptionalInt.empty(),
        failedShare,
        thresholds.rankRule(),
        enough,
        why.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", why)));
  }

  /** Cells weighted by agent; of ratios the agents' means, since most of their cells are 0. */
  WeightedValues shown() {
    return centre == Centre.MEAN
        ? WeightedValues.equal(agentMeans())
        : WeightedValues.ofSorted(values, weights);
  }

  /** The 95 % interval of the middle, the agents being the sample; it needs two of them. */
  Optional<Interval> interval() {
    return centre == Centre.MEAN
        ? StudentT.ofShares(agentMeans())
        : ofMedian(values, weights, agentOf, agents);
  }

  /**
   * From the shares of each agent's cells below the median: their mean is 1/2, and what these
   * shares vary by says between which quantiles the true median lies (Woodruff, "Confidence
   * Intervals for Medians and Other Position Measures", JASA 47(260), 1952).
   *
   * @param values ascending
   */
  static Optional<Interval> ofMedian(double[] values, double[] weights, int[] agentOf, int agents) {
    WeightedValues all = WeightedValues.ofSorted(values, weights);
    double median = all.quantile(0.5);
    double[] below = new double[agents];
    for (int i = 0; i < values.length && values[i] <= median; i++) {
      below[agentOf[i]] += values[i] < median ? weights[i] : weights[i] / 2;
    }
    // Few agents that differ much tell no more than the range of what was measured.
    double margin = Math.min(StudentT.margin(below), 0.5 - 1e-9);
    return Interval.of(all.quantile(0.5 - margin), all.quantile(0.5 + margin));
  }

  private double[] agentMeans() {
    double[] means = new double[agents];
    for (int i = 0; i < values.length; i++) {
      means[agentOf[i]] += values[i] * weights[i];
    }
    return means;
  }

  static OptionalDouble finite(double value) {
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
