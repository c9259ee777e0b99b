package org.vidtomo.dashboard.compare;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.vidtomo.dashboard.compare.Comparison.Counts;
import org.vidtomo.dashboard.compare.Comparison.Group;
import org.vidtomo.dashboard.compare.Metric.Better;
import org.vidtomo.dashboard.compare.Metric.Centre;

/**
 * From samples to a comparison: pure, and the same samples give the same answer. Thread-safe.
 *
 * @param thresholds how much it takes to say something
 * @param resampling for p values that need random draws
 */
public record Comparer(Thresholds thresholds, Resampling resampling) {
  /** The rules in force, with their version in {@link #METHOD}. */
  public static final Comparer DEFAULT = new Comparer(Thresholds.DEFAULTS, Resampling.DEFAULTS);

  /** What is done, in words; the number rises when results change. */
  public static final String METHOD =
      "2: cells of agent × video × scheduled hour (median of the reports, mean for ratios); each"
          + " agent weighs the same in its group; quantiles by Hyndman–Fan definition 2, for ratios"
          + " over the agents' means; failures the network may have caused rank as the worst value"
          + " of startup_delay, goodput and rtt, refusals by service or policy do not count;"
          + " 95 % intervals over agents, of medians by Woodruff, of means by Student's t; pairs:"
          + " an agent's score is what it measured less what is usual among all agents for the same"
          + " video and hour (times and rates as ratios, brought to a typical one), over what both"
          + " groups have, by Huber's M-estimate, for ratios by the mean; difference, interval and"
          + " p of two groups' scores by Hodges–Lehmann and Mann–Whitney (for ratios means, Welch's"
          + " interval and permutation of agents; of agents in both groups by Wilcoxon's signed"
          + " ranks or sign changes); p adjusted by Benjamini–Hochberg over all pairs, and not under"
          + " the p of Kruskal–Wallis over all groups; of more than forty groups those with the"
          + " most agents are compared;"
          + " rank: 1 + groups significantly better (p ≤ 0.05) by more than the equivalence band";

  private static final String NOT_COMPARED =
      "not compared: only the %d groups with the most agents are";

  /** Of more groups those with the most agents are compared with each other. */
  public static final int MAX_PAIRED_GROUPS = 40;

  /** Pairs of so many cells are worth the work of sharing them out among processors. */
  private static final int MANY_CELLS = 10_000;

  /**
   * Compares the groups of a table.
   *
   * @param by what these groups are
   * @param cells of the metric
   */
  public Comparison compare(Metric metric, Dimension by, CellTable cells, Instant computedAt) {
    List<Group> groups = describe(metric, cells);
    List<Group> shown = groups;
    List<PairComparer.Result> pairs = List.of();
    // An hour has no video-slot in common with another hour.
    if (by != Dimension.HOUR) {
      int[] compared = MostAgents.of(counts(cells), MAX_PAIRED_GROUPS);
      pairs = pairs(metric, cells.only(compared));
      shown = bestFirst(metric, ranked(metric, groups, compared, pairs));
    }
    return new Comparison(
        metric,
        by,
        metric.unit(),
        computedAt,
        METHOD,
        cells.leftOut(),
        shown,
        pairs.stream().map(PairComparer.Result::pair).toList());
  }

  private static List<Counts> counts(CellTable cells) {
    return IntStream.range(0, cells.groups().size()).mapToObj(cells::counts).toList();
  }

  private static List<Group> ranked(
      Metric metric, List<Group> groups, int[] compared, List<PairComparer.Result> pairs) {
    List<Group> beside = Arrays.stream(compared).mapToObj(groups::get).toList();
    List<Group> ranked = new ArrayList<>(groups);
    if (beside.size() < groups.size()) {
      ranked.replaceAll(group -> group.because(NOT_COMPARED.formatted(MAX_PAIRED_GROUPS)));
    }
    List<Group> withRanks = new Ranking(metric).rank(beside, pairs);
    for (int i = 0; i < compared.length; i++) {
      ranked.set(compared[i], withRanks.get(i));
    }
    return ranked;
  }

  /** What each group of a table is, beside no other. */
  public List<Group> describe(Metric metric, CellTable cells) {
    List<Group> groups = new ArrayList<>();
    for (int group = 0; group < cells.groups().size(); group++) {
      groups.add(new GroupStatistics(cells, group, metric.centre()).describe(thresholds));
    }
    return groups;
  }

  private List<PairComparer.Result> pairs(Metric metric, CellTable cells) {
    int groups = cells.groups().size();
    PairComparer comparer = new PairComparer(cells, metric, thresholds, resampling);
    IntStream numbers = IntStream.range(0, groups * groups);
    List<PairComparer.Result> results =
        (cells.size() < MANY_CELLS ? numbers : numbers.parallel())
            .filter(number -> number / groups < number % groups)
            .mapToObj(number -> comparer.compare(number / groups, number % groups))
            .toList();
    return adjusted(results, comparer.overallP());
  }

  private static List<PairComparer.Result> adjusted(
      List<PairComparer.Result> results, double overallP) {
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
      all.add(
          result.p().isPresent()
              ? result.withAdjustedP(Math.max(overallP, adjusted[next++]))
              : result);
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
