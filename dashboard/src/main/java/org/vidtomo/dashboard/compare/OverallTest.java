package org.vidtomo.dashboard.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Whether the groups of a view differ at all (Kruskal and Wallis, "Use of Ranks in One-Criterion
 * Variance Analysis", JASA 47(260), 1952). Of twenty equal groups some two always lie far apart; a
 * pair is not told to differ where nothing says that any does.
 */
final class OverallTest {
  private static final int FEWEST_GROUPS = 3;

  private OverallTest() {}

  /**
   * The p of all groups with enough agents: 0, which refuses nothing, where these are fewer than
   * three, or have agents in common.
   */
  static double p(CellTable table, AgentScores scores, Thresholds thresholds) {
    List<double[]> samples = new ArrayList<>();
    Set<Integer> agents = new HashSet<>();
    for (int group = 0; group < table.groups().size(); group++) {
      double[] ofGroup = scores.of(group);
      if (!thresholds.enoughForInterval(ofGroup.length)) {
        continue;
      }
      for (int i = 0; i < ofGroup.length; i++) {
        if (!agents.add(scores.agent(group, i))) {
          return 0;
        }
      }
      samples.add(ofGroup);
    }
    return samples.size() < FEWEST_GROUPS ? 0 : p(samples);
  }

  static double p(List<double[]> samples) {
    Ranks ranks = Ranks.of(samples.stream().flatMapToDouble(Arrays::stream).toArray());
    double count = ranks.all().length;
    double untied = 1 - ranks.ties() / (count * count * count - count);
    if (untied <= 0) {
      return 1;
    }
    double sum = 0;
    int next = 0;
    for (double[] sample : samples) {
      double ofSample = 0;
      for (int i = 0; i < sample.length; i++) {
        ofSample += ranks.all()[next++];
      }
      sum += ofSample * ofSample / sample.length;
    }
    double statistic = (12 / (count * (count + 1)) * sum - 3 * (count + 1)) / untied;
    return ChiSquaredDistribution.of(samples.size() - 1.0)
        .survivalProbability(Math.max(0, statistic));
  }
}
