package org.vidtomo.dashboard.compare;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vidtomo.dashboard.compare.Comparison.Group;
import org.vidtomo.dashboard.compare.Metric.Better;
import org.vidtomo.dashboard.compare.Metric.Centre;

/**
 * From samples to a comparison: pure, and the same samples give the same answer. Thread-safe.
 *
 * @param thresholds how much it takes to say something
 * @param resampling for intervals and p values
 */
public record Comparer(Thresholds thresholds, Resampling resampling) {
  /** The rules in force, with their version in {@link #METHOD}. */
  public static final Comparer DEFAULT = new Comparer(Thresholds.DEFAULTS, Resampling.DEFAULTS);

  /** What is done, in words; the number rises when results change. */
  public static final String METHOD =
      "1: cells of agent × video × scheduled hour (median of the reports, mean for ratios); each"
          + " agent weighs the same in its group; quantiles by Hyndman–Fan definition 2, for ratios"
          + " over the agents' means; failures the network may have caused rank as the worst value"
          + " of startup_delay, goodput and rtt, refusals by service or policy do not count;"
          + " intervals: 95 % bootstrap over agents; pairs: difference of middles over agents per"
          + " video and hour that both have, Hodges–Lehmann over these (mean for ratios), p by"
          + " permutation of agents, adjusted by Benjamini–Hochberg; rank: 1 + groups significantly"
          + " better (p ≤ 0.05) by more than the equivalence band";

  /** More groups than this are shown without pairs. */
  static final int MAX_PAIRED_GROUPS = 40;

  private static final long WORK_LIMIT = 5_000_000_000L;

  /**
   * Compares the groups that the samples name.
   *
   * @param by what these groups are
   */
  public Comparison compare(
      Metric metric, Dimension by, SampleSource.Samples samples, Instant computedAt) {
    Map<String, List<Cell>> cells = cellsByGroup(metric, samples.all());
    List<Group> groups =
        cells.entrySet().stream()
            .map(e -> new GroupStatistics(e.getKey(), e.getValue(), metric.centre()))
            .map(statistics -> statistics.describe(thresholds, resampling))
            .toList();
    List<Group> shown = groups;
    List<PairComparer.Result> pairs = List.of();
    // An hour has no video-slot in common with another hour.
    if (by != Dimension.HOUR) {
      pairs = pairs(metric, cells);
      shown = bestFirst(metric, new Ranking(metric).rank(groups, pairs));
    }
    return new Comparison(
        metric,
        by,
        metric.unit(),
        computedAt,
        METHOD,
        samples.leftOut(),
        shown,
        pairs.stream().map(PairComparer.Result::pair).toList());
  }

  static Map<String, List<Cell>> cellsByGroup(Metric metric, List<Sample> samples) {
    return Cell.of(samples, metric.centre()).stream()
        .collect(Collectors.groupingBy(Cell::group, TreeMap::new, Collectors.toList()));
  }

  private List<PairComparer.Result> pairs(Metric metric, Map<String, List<Cell>> cells) {
    List<String> keys = List.copyOf(cells.keySet());
    if (keys.size() > MAX_PAIRED_GROUPS) {
      return List.of();
    }
    int count = Math.max(1, keys.size() * (keys.size() - 1) / 2);
    PairComparer comparer = new PairComparer(thresholds, resampling, WORK_LIMIT / count);
    List<PairComparer.Result> results = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      for (int j = i + 1; j < keys.size(); j++) {
        String a = keys.get(i);
        String b = keys.get(j);
        PairTable table = new PairTable(cells.get(a), cells.get(b), metric.centre());
        results.add(comparer.compare(a, b, table));
      }
    }
    return adjusted(results);
  }

  private static List<PairComparer.Result> adjusted(List<PairComparer.Result> results) {
    double[] p =
        results.stream()
            .map(PairComparer.Result::p)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray();
    double[] adjusted = BenjaminiHochberg.adjust(p);
    List<PairComparer.Result> all = new ArrayList<>();
    int next = 0;
    for (PairComparer.Result result : results) {
      all.add(result.p().isPresent() ? result.withAdjustedP(adjusted[next++]) : result);
    }
    return all;
  }

  private static List<Group> bestFirst(Metric metric, List<Group> groups) {
    Comparator<Group> best = Comparator.comparingDouble(g -> badness(metric, g));
    return groups.stream().sorted(best.thenComparing(Group::key)).toList();
  }

  private static double badness(Metric metric, Group group) {
    OptionalDouble middle = middle(metric, group);
    if (middle.isEmpty()) {
      return Double.POSITIVE_INFINITY;
    }
    return metric.better() == Better.LOWER ? middle.getAsDouble() : -middle.getAsDouble();
  }

  static OptionalDouble middle(Metric metric, Group group) {
    return metric.centre() == Centre.MEAN ? group.mean() : group.p50();
  }
}
