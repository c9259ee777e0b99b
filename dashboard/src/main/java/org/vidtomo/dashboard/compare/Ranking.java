package org.vidtomo.dashboard.compare;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vidtomo.dashboard.compare.Comparison.Group;
import org.vidtomo.dashboard.compare.Metric.Better;
import org.vidtomo.dashboard.compare.PairComparer.Result;

/** Rank = 1 + the groups that are significantly better, beyond the equivalence band. */
record Ranking(Metric metric) {
  private static final double SIGNIFICANT = 0.05;

  /** The same groups; those with enough data, tested beside each other such one, get a rank. */
  List<Group> rank(List<Group> groups, List<Result> pairs) {
    Map<String, Group> rankable =
        groups.stream()
            .filter(Group::enough)
            .collect(Collectors.toMap(Group::key, Function.identity()));
    List<Result> among =
        pairs.stream()
            .filter(r -> rankable.containsKey(r.pair().a()) && rankable.containsKey(r.pair().b()))
            .toList();
    return groups.stream()
        .map(group -> group.enough() ? rank(group, rankable, among) : group)
        .toList();
  }

  private Group rank(Group group, Map<String, Group> rankable, List<Result> among) {
    List<Result> own =
        among.stream()
            .filter(r -> r.pair().a().equals(group.key()) || r.pair().b().equals(group.key()))
            .toList();
    boolean tested =
        own.size() == rankable.size() - 1
            && own.stream().allMatch(r -> r.pair().adjustedP().isPresent());
    if (!tested) {
      return group.because("no rank: not every other group could be tested beside it");
    }
    long better = own.stream().filter(r -> otherIsBetter(group, r, rankable)).count();
    return group.withRank((int) better + 1);
  }

  private boolean otherIsBetter(Group group, Result result, Map<String, Group> rankable) {
    boolean groupIsA = result.pair().a().equals(group.key());
    Group other = rankable.get(groupIsA ? result.pair().b() : result.pair().a());
    double excess = groupIsA ? result.difference() : -result.difference();
    double othersLead = metric.better() == Better.LOWER ? excess : -excess;
    double band = metric.equivalenceBand(Comparer.middle(metric, other).orElse(0));
    return result.pair().adjustedP().orElse(1) <= SIGNIFICANT && othersLead > band;
  }
}
