package org.vidtomo.dashboard.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vidtomo.dashboard.compare.Comparison.Counts;
import org.vidtomo.dashboard.compare.Comparison.Group;
import org.vidtomo.dashboard.compare.Comparison.Interval;
import org.vidtomo.dashboard.compare.Metric.Centre;

/** One group's cells, each agent weighing the same. */
final class GroupStatistics {
  private final String key;
  private final Centre centre;
  private final List<Cell> cells;
  private final List<String> agents;
  private final double[] values;
  private final int[] agentOf;
  private final double[] weights;

  GroupStatistics(String key, List<Cell> cells, Centre centre) {
    this.key = key;
    this.centre = centre;
    this.cells = cells.stream().sorted(Comparator.comparingDouble(Cell::value)).toList();
    Map<String, Long> perAgent =
        cells.stream()
            .collect(Collectors.groupingBy(Cell::agent, TreeMap::new, Collectors.counting()));
    this.agents = List.copyOf(perAgent.keySet());
    this.values = this.cells.stream().mapToDouble(Cell::value).toArray();
    this.agentOf = this.cells.stream().mapToInt(c -> index(c.agent())).toArray();
    this.weights = this.cells.stream().mapToDouble(c -> 1.0 / perAgent.get(c.agent())).toArray();
  }

  private int index(String agent) {
    return Collections.binarySearch(agents, agent);
  }

  String key() {
    return key;
  }

  Counts counts() {
    return new Counts(
        cells.size(),
        agents.size(),
        (int) cells.stream().flatMap(c -> c.prefix().stream()).distinct().count(),
        (int) cells.stream().map(c -> c.videoSlot().video()).distinct().count());
  }

  Group describe(Thresholds thresholds, Resampling resampling) {
    Counts n = counts();
    WeightedValues shown = shown();
    boolean enough = thresholds.enoughToRank(n);
    List<String> why = new ArrayList<>();
    if (!enough) {
      why.add(thresholds.notEnough(n));
    }
    Optional<Interval> interval = Optional.empty();
    if (thresholds.enoughForInterval(agents.size())) {
      interval = resampling.interval(key, agents.size(), this::centreOf);
    } else {
      why.add(thresholds.noInterval(agents.size()));
    }
    OptionalDouble p90 = finite(shown.quantile(0.9));
    double failed = failedShare();
    if (p90.isEmpty()) {
      why.add("p90 is not finite: %.0f %% failed".formatted(failed * 100));
    }
    return new Group(
        key,
        n,
        finite(shown.quantile(0.1)),
        finite(shown.quantile(0.5)),
        p90,
        centre == Centre.MEAN ? finite(shown.mean()) : OptionalDouble.empty(),
        interval,
        OptionalInt.empty(),
        failed,
        enough,
        why.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", why)));
  }

  /** Cells weighted by agent; of ratios the agents' means, since most of their cells are 0. */
  WeightedValues shown() {
    return centre == Centre.MEAN
        ? WeightedValues.equal(agentMeans())
        : WeightedValues.ofSorted(values, weights);
  }

  /** The middle when each agent counts so many times. */
  double centreOf(int[] times) {
    double[] weighted = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      weighted[i] = weights[i] * times[agentOf[i]];
    }
    WeightedValues all = WeightedValues.ofSorted(values, weighted);
    return centre == Centre.MEAN ? all.mean() : all.quantile(0.5);
  }

  private double[] agentMeans() {
    double[] means = new double[agents.size()];
    for (int i = 0; i < values.length; i++) {
      means[agentOf[i]] += values[i] * weights[i];
    }
    return means;
  }

  private double failedShare() {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += weights[i] * cells.get(i).failedShare();
    }
    return sum / Arrays.stream(weights).sum();
  }

  static OptionalDouble finite(double value) {
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
