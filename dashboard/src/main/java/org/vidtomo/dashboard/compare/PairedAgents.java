package org.vidtomo.dashboard.compare;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

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
    Builder builder = new Builder(a.length + b.length);
    int i = 0;
    int j = 0;
    while (i < a.length || j < b.length) {
      int agentA = i < a.length ? scores.agent(groupA, i) : Integer.MAX_VALUE;
      int agentB = j < b.length ? scores.agent(groupB, j) : Integer.MAX_VALUE;
      double ofA = agentA <= agentB ? a[i++] : Double.NaN;
      double ofB = agentB <= agentA ? b[j++] : Double.NaN;
      builder.add(Math.min(agentA, agentB), ofA, ofB);
    }
    return builder.build(known(a), known(b));
  }

  /** Goes through the agents of both in order. */
  private static final class Builder {
    private final double[] differences;
    private final int[] inBoth;
    private final int[] inEither;
    private int both;
    private int either;

    Builder(int most) {
      differences = new double[most];
      inBoth = new int[most];
      inEither = new int[most];
    }

    void add(int agent, double ofA, double ofB) {
      if (!Double.isNaN(ofA) && !Double.isNaN(ofB)) {
        differences[both] = less(ofA, ofB);
        inBoth[both++] = agent;
      }
      if (!Double.isNaN(ofA) || !Double.isNaN(ofB)) {
        inEither[either++] = agent;
      }
    }

    PairedAgents build(double[] a, double[] b) {
      int[] numbers = both > 0 ? Arrays.copyOf(inBoth, both) : Arrays.copyOf(inEither, either);
      return new PairedAgents(a, b, Arrays.copyOf(differences, both), both > 0, numbers);
    }
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
