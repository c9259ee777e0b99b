package org.vidtomo.dashboard.compare;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * The scores of two groups' agents on what both groups measured. Where the groups have agents in
 * common (two caches, two resolvers), only these are looked at, and each is compared with itself:
 * one agent is not two.
 */
final class PairedAgents {
  private final double[] a;
  private final double[] b;
  private final double[] differences;
  private final boolean within;
  private final int[] numbers;

  private PairedAgents(
      double[] a, double[] b, double[] differences, boolean within, int[] numbers) {
    this.a = a;
    this.b = b;
    this.differences = differences;
    this.within = within;
    this.numbers = numbers;
  }

  /**
   * Reads the scores.
   *
   * @param unit from scores to the metric's unit; NaN stays what it is
   */
  static PairedAgents of(AgentScores scores, int groupA, int groupB, DoubleUnaryOperator unit) {
    double[] a = Arrays.stream(scores.of(groupA, groupB)).map(unit).toArray();
    double[] b = Arrays.stream(scores.of(groupB, groupA)).map(unit).toArray();
    Map<Integer, Double> ofA = new HashMap<>();
    for (int i = 0; i < a.length; i++) {
      if (!Double.isNaN(a[i])) {
        ofA.put(scores.agent(groupA, i), a[i]);
      }
    }
    int[] inB = IntStream.range(0, b.length).filter(i -> !Double.isNaN(b[i])).toArray();
    int[] inBoth =
        Arrays.stream(inB).filter(i -> ofA.containsKey(scores.agent(groupB, i))).toArray();
    double[] differences =
        Arrays.stream(inBoth)
            .mapToDouble(i -> less(ofA.get(scores.agent(groupB, i)), b[i]))
            .toArray();
    int[] numbers =
        inBoth.length > 0
            ? Arrays.stream(inBoth).map(i -> scores.agent(groupB, i)).toArray()
            : IntStream.concat(
                    ofA.keySet().stream().mapToInt(Integer::intValue),
                    Arrays.stream(inB).map(i -> scores.agent(groupB, i)))
                .toArray();
    return new PairedAgents(known(a), known(b), differences, inBoth.length > 0, numbers);
  }

  private static double less(double a, double b) {
    return a == b ? 0 : a - b;
  }

  private static double[] known(double[] scores) {
    return Arrays.stream(scores).filter(score -> !Double.isNaN(score)).toArray();
  }

  /** Whether agents are compared with themselves. */
  boolean within() {
    return within;
  }

  double[] a() {
    return a;
  }

  double[] b() {
    return b;
  }

  /** Of each agent that is in both, its score in the first less that in the second. */
  double[] differences() {
    return differences;
  }

  /** Those of the agents that take part. */
  int[] numbers() {
    return numbers;
  }

  /** Agents on the side with fewer. */
  int fewest() {
    return within ? differences.length : Math.min(a.length, b.length);
  }
}
