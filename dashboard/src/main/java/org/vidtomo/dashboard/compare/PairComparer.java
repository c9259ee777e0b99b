package org.vidtomo.dashboard.compare;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.vidtomo.dashboard.compare.Comparison.Counts;
import org.vidtomo.dashboard.compare.Comparison.Pair;

/** Two groups of a table on the same videos in the same hours. Thread-safe. */
final class PairComparer {
  private final CellTable table;
  private final Metric metric;
  private final Thresholds thresholds;
  private final CommonSlots common;
  private final AgentScores scores;
  private final SharedNoise noise;
  private final AgentTest tests;

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

  PairComparer(CellTable table, Metric metric, Thresholds thresholds, Resampling resampling) {
    this.table = table;
    this.thresholds = thresholds;
    SlotIndex slots = new SlotIndex(table);
    this.metric = metric;
    scores = new AgentScores(table, slots, metric);
    common = new CommonSlots(table, slots, scores.usual());
    noise = new SharedNoise(table, slots, scores);
    tests = new AgentTest(metric.centre(), resampling);
  }

  /** The first must have the lower number. */
  Result compare(int a, int b) {
    PairedAgents agents = PairedAgents.of(scores, a, b, unit(a, b));
    if (common.videoSlots(a, b) == 0) {
      return result(
          a,
          b,
          agents,
          new AgentTest.Outcome(Double.NaN, Optional.empty(), Double.NaN),
          Optional.of("not enough data (n = 0): no video in the same hour from both"));
    }
    if (!thresholds.enoughForInterval(agents.fewest())) {
      double difference =
          agents.within()
              ? tests.difference(agents.differences())
              : tests.difference(agents.a(), agents.b());
      return result(
          a,
          b,
          agents,
          new AgentTest.Outcome(difference, Optional.empty(), Double.NaN),
          Optional.of(thresholds.notEnough(agents)));
    }
    String name = table.groups().get(a) + " " + table.groups().get(b);
    AgentTest.Outcome outcome =
        agents.within()
            ? tests.test(name, agents.differences())
            : tests.test(name, agents.a(), agents.b(), leftOut(a, b));
    return result(a, b, agents, outcome, notFinite(outcome));
  }

  /** Whether any groups differ; see {@link OverallTest}. */
  double overallP() {
    return OverallTest.p(table, scores, thresholds);
  }

  private double leftOut(int a, int b) {
    double unit = metric.multiplies() ? Math.exp(common.usual(a, b)) : 1;
    return noise.leftOut(a, b) * unit * unit;
  }

  /** From scores to the metric's unit: where effects multiply, times what is usual for both. */
  private DoubleUnaryOperator unit(int a, int b) {
    double usual = common.usual(a, b);
    return metric.multiplies()
        ? score -> Math.exp(HodgesLehmann.unbounded(score) + usual)
        : HodgesLehmann::unbounded;
  }

  private static Optional<String> notFinite(AgentTest.Outcome outcome) {
    if (!Double.isFinite(outcome.difference())) {
      return Optional.of("the difference is not finite: one of the two mostly failed");
    }
    return outcome.interval().isPresent()
        ? Optional.empty()
        : Optional.of("no interval: one of its ends is not finite");
  }

  private Result result(
      int a, int b, PairedAgents agents, AgentTest.Outcome outcome, Optional<String> why) {
    boolean any = common.videoSlots(a, b) > 0;
    OptionalDouble p =
        Double.isNaN(outcome.p()) ? OptionalDouble.empty() : OptionalDouble.of(outcome.p());
    Pair pair =
        new Pair(
            table.groups().get(a),
            table.groups().get(b),
            counts(a, b, agents),
            GroupStatistics.finite(outcome.difference()),
            outcome.interval(),
            any ? OptionalDouble.of(common.dominance(a, b)) : OptionalDouble.empty(),
            OptionalDouble.empty(),
            common.videoSlots(a, b),
            thresholds.testRule(agents.within()),
            why);
    return new Result(pair, outcome.difference(), p);
  }

  private Counts counts(int a, int b, PairedAgents agents) {
    int prefixes =
        (int)
            Arrays.stream(agents.numbers())
                .map(table::prefix)
                .filter(prefix -> prefix >= 0)
                .distinct()
                .count();
    return new Counts(common.cells(a, b), agents.numbers().length, prefixes, common.videos(a, b));
  }
}
