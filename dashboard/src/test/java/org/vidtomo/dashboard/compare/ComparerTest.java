package org.vidtomo.dashboard.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.vidtomo.dashboard.compare.Samples.T;
import static org.vidtomo.dashboard.compare.Samples.sample;
import static org.vidtomo.dashboard.compare.Samples.table;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.dashboard.compare.Comparison.Counts;
import org.vidtomo.dashboard.compare.Comparison.Group;
import org.vidtomo.dashboard.compare.Comparison.Pair;

class ComparerTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void reports_ofOneAgentVideoAndHour_areOneCell() {
    List<Sample> samples =
        List.of(
            sample("A", "a1", "v1", 0, 1),
            sample("A", "a1", "v1", 0, 2),
            sample("A", "a1", "v1", 0, 30),
            sample("A", "a1", "v1", 1, 4));
    Group group = compare(Metric.STARTUP_DELAY, samples).groups().get(0);
    assertThat(group.n()).isEqualTo(new Counts(2, 1, 1, 1));
    assertThat(group.p50()).hasValue(3); // cells 2 and 4
  }

  @Test
  void aLoudAgent_weighsNoMoreThanTheOthers() {
    List<Sample> samples = new ArrayList<>();
    for (int hour = 0; hour < 98; hour++) {
      samples.add(sample("A", "a1", "v1", hour, 100));
    }
    samples.add(sample("A", "a2", "v1", 0, 1));
    samples.add(sample("A", "a3", "v1", 0, 2));
    Group group = compare(Metric.STARTUP_DELAY, samples).groups().get(0);
    assertThat(group.p50()).hasValue(2);
    assertThat(group.n().cells()).isEqualTo(100);
  }

  @Test
  void failures_rankAsTheWorst_andAnInfiniteQuantileIsAbsentWithItsReason() throws Exception {
    List<Sample> samples =
        List.of(
            sample("A", "a1", "v1", 0, 1),
            sample("A", "a1", "v2", 0, 2),
            sample("A", "a1", "v3", 0, INF));
    Comparison comparison = compare(Metric.STARTUP_DELAY, samples);
    Group group = comparison.groups().get(0);
    assertThat(group.p50()).hasValue(2);
    assertThat(group.p90()).isEmpty();
    assertThat(group.failedShare()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(group.why().orElseThrow()).contains("p90 is not finite: 33 % failed");
    assertThat(Wire.toJson(comparison)).doesNotContain("Infinity").doesNotContain("NaN");
  }

  @Test
  void ratios_useMeans_overAgentsAlike() {
    List<Sample> samples =
        List.of(
            sample("A", "a1", "v1", 0, 0),
            sample("A", "a1", "v2", 0, 0.4),
            sample("A", "a2", "v1", 0, 0),
            sample("A", "a2", "v2", 0, 0),
            sample("A", "a2", "v3", 0, 0.3));
    Group group = compare(Metric.STALL_RATIO, samples).groups().get(0);
    assertThat(group.mean().orElseThrow()).isCloseTo(0.15, within(1e-12)); // (0.2 + 0.1) / 2
    assertThat(group.p10().orElseThrow()).isCloseTo(0.1, within(1e-12));
    assertThat(group.p90().orElseThrow()).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void aSmallPanel_isDescribedButNotRanked() {
    Comparison comparison = compare(Metric.STARTUP_DELAY, panel("A", 3, 4, 1));
    Group group = comparison.groups().get(0);
    assertThat(group.enough()).isFalse();
    assertThat(group.rank()).isEmpty();
    assertThat(group.interval()).isEmpty();
    assertThat(group.why().orElseThrow())
        .contains("not enough data (n = 12 cells, 3 agents, 3 prefixes)")
        .contains("an interval needs 5 agents, there are 3");
  }

  @Test
  void pair_comparesAgentsOnTheVideosAndHoursThatBothHave() {
    List<Sample> samples =
        List.of(
            sample("A", "a1", "v1", 0, 1),
            sample("A", "a2", "v1", 0, 3),
            sample("A", "a1", "v2", 0, 5),
            sample("A", "a1", "only-a", 0, 1000),
            sample("B", "b1", "v1", 0, 1),
            sample("B", "b1", "v2", 0, 5),
            sample("B", "b1", "v2", 5, 0.001));
    Pair pair = compare(Metric.STALLING_MOS, samples).pairs().get(0);
    assertThat(pair.n()).isEqualTo(new Counts(5, 3, 2, 2));
    assertThat(pair.videoSlots()).isEqualTo(2);
    assertThat(pair.difference()).hasValue(1); // a1 is like b1, a2 is 2 above: (0 + 2) / 2
    assertThat(pair.effect()).hasValue(0.25); // 1/2 at v1 (one equal, one higher), 0 at v2
    assertThat(pair.interval()).isEmpty();
    assertThat(pair.rule()).isEqualTo("an interval needs 5 agents on each side");
    assertThat(pair.why())
        .hasValue("not enough data (n = 2 and 1 agents): an interval needs 5 agents on each side");
  }

  @Test
  void aDifferenceOfTimes_isThatOnATypicalVideo() {
    List<Sample> samples = new ArrayList<>();
    for (int video = 0; video < 8; video++) {
      for (int agent = 0; agent < 6; agent++) {
        double usual = Math.pow(2, video - 3.5); // around 1
        samples.add(sample("A", "a" + agent, "v" + video, 0, 1.2 * usual));
        samples.add(sample("B", "b" + agent, "v" + video, 0, usual));
      }
    }
    Pair pair = compare(Metric.STARTUP_DELAY, samples).pairs().get(0);
    assertThat(pair.difference().orElseThrow()).isCloseTo(0.2 * Math.sqrt(1.2), within(0.02));
  }

  @Test
  void pairWithoutACommonVideoAndHour_saysSo() {
    Comparison comparison =
        compare(Metric.RTT, List.of(sample("A", "a1", "v1", 0, 1), sample("B", "b1", "v1", 1, 1)));
    assertThat(comparison.pairs().get(0).difference()).isEmpty();
    assertThat(comparison.pairs().get(0).why())
        .hasValue("not enough data (n = 0): no video in the same hour from both");
  }

  @Test
  void aClearDifference_ranksAndEqualOnesShareARank() {
    List<Sample> samples = new ArrayList<>(panel("A", 10, 25, 1));
    samples.addAll(panel("B", 10, 25, 1));
    samples.addAll(panel("C", 10, 25, 2));
    Comparison comparison = compare(Metric.STARTUP_DELAY, samples);
    assertThat(comparison.groups())
        .extracting(Group::key, Group::rank)
        .satisfies(
            ranks -> assertThat(ranks.toString()).contains("OptionalInt[1]", "OptionalInt[3]"));
    assertThat(rank(comparison, "A")).hasValue(1);
    assertThat(rank(comparison, "B")).hasValue(1);
    assertThat(rank(comparison, "C")).hasValue(3);
    Pair pair = pair(comparison, "A", "C");
    assertThat(pair.difference().orElseThrow()).isCloseTo(-1, within(0.2));
    assertThat(pair.interval().orElseThrow().high()).isNegative();
    assertThat(pair.adjustedP().orElseThrow()).isLessThan(0.01);
    assertThat(pair.effect().orElseThrow()).isLessThan(-0.9);
    Pair equal = pair(comparison, "A", "B");
    assertThat(equal.adjustedP().orElseThrow()).isGreaterThan(0.05);
  }

  @Test
  void aRate_ranksTheOtherWayRound() {
    List<Sample> samples = new ArrayList<>(panel("slow", 10, 25, 1));
    samples.addAll(panel("fast", 10, 25, 4));
    Comparison comparison = compare(Metric.GOODPUT, samples);
    assertThat(comparison.groups().get(0).key()).isEqualTo("fast");
    assertThat(rank(comparison, "fast")).hasValue(1);
    assertThat(rank(comparison, "slow")).hasValue(2);
  }

  @Test
  void theSameSamples_giveTheSameAnswer() {
    List<Sample> samples = new ArrayList<>(panel("A", 6, 10, 1));
    samples.addAll(panel("B", 6, 10, 1.2));
    assertThat(compare(Metric.STARTUP_DELAY, samples))
        .isEqualTo(compare(Metric.STARTUP_DELAY, samples));
  }

  @Test
  void hours_stayInTheirOrder_withoutPairs() {
    Comparison comparison =
        Comparer.DEFAULT.compare(
            Metric.RTT,
            Dimension.HOUR,
            table(
                Metric.RTT,
                List.of(sample("21", "a1", "v1", 0, 0.1), sample("03", "a1", "v1", 1, 0.9))),
            T);
    assertThat(comparison.groups()).extracting(Group::key).containsExactly("03", "21");
    assertThat(comparison.pairs()).isEmpty();
  }

  @Test
  void groupsWithTheSameAgents_areComparedWithinEach() {
    List<Sample> samples = new ArrayList<>();
    for (Sample each : panel("A", 10, 25, 1)) {
      samples.add(each);
      samples.add(sample("B", each.agent(), each.video(), 0, each.value() + 1));
    }
    Comparison comparison = compare(Metric.STALLING_MOS, samples);
    Pair pair = comparison.pairs().get(0);
    assertThat(pair.n().agents()).isEqualTo(10);
    assertThat(pair.difference().orElseThrow()).isCloseTo(-1, within(1e-9));
    assertThat(pair.adjustedP().orElseThrow()).isLessThan(0.01);
    assertThat(pair.rule())
        .isEqualTo("an interval needs 5 agents that are in both, each compared with itself");
    assertThat(rank(comparison, "A")).hasValue(2);
  }

  @Test
  void fewAgentsInBoth_areNotTested() {
    List<Sample> samples = new ArrayList<>(panel("A", 6, 10, 1));
    samples.addAll(panel("B", 6, 10, 1));
    samples.add(sample("B", "A-0", "v1", 0, 1));
    Pair pair = compare(Metric.STARTUP_DELAY, samples).pairs().get(0);
    assertThat(pair.adjustedP()).isEmpty();
    assertThat(pair.why().orElseThrow()).startsWith("not enough data (n = 1 agents in both)");
  }

  @Test
  void nothing_isAnEmptyComparison() {
    Comparison comparison = compare(Metric.STARTUP_DELAY, List.of());
    assertThat(comparison.groups()).isEmpty();
    assertThat(comparison.pairs()).isEmpty();
  }

  @Test
  void json_hasTheContractsNames() {
    String json = Wire.toJson(compare(Metric.STARTUP_DELAY, panel("A", 5, 4, 1)));
    assertThat(json)
        .startsWith(
            "{\"metric\":\"startup_delay\",\"by\":\"provider\",\"unit\":\"s\",\"computedAt\":")
        .contains("\"n\":{\"cells\":20,\"agents\":5,\"prefixes\":3,\"videos\":4},\"p10\":")
        .containsPattern("\"interval\":\\[[0-9.]+,[0-9.]+]")
        .contains("\"enough\":false,\"why\":\"not enough data")
        .endsWith("\"pairs\":[]}");
  }

  private static Comparison compare(Metric metric, List<Sample> samples) {
    return Comparer.DEFAULT.compare(metric, Dimension.PROVIDER, table(metric, samples), T);
  }

  private static OptionalInt rank(Comparison comparison, String key) {
    return comparison.groups().stream()
        .filter(g -> g.key().equals(key))
        .findFirst()
        .orElseThrow()
        .rank();
  }

  private static Pair pair(Comparison comparison, String a, String b) {
    return comparison.pairs().stream()
        .filter(p -> p.a().equals(a) && p.b().equals(b))
        .findFirst()
        .orElseThrow();
  }

  /** Agents who each measure the same videos in one hour, around a middle, with agent effects. */
  private static List<Sample> panel(String group, int agents, int videos, double middle) {
    SplittableRandom random = new SplittableRandom(group.hashCode());
    List<Sample> samples = new ArrayList<>();
    for (int agent = 0; agent < agents; agent++) {
      double own = random.nextDouble(-0.1, 0.1);
      for (int video = 0; video < videos; video++) {
        double value = middle + own + video * 0.01 + random.nextDouble(-0.05, 0.05);
        samples.add(sample(group, group + "-" + agent, "v" + video, 0, value));
      }
    }
    return samples;
  }
}
