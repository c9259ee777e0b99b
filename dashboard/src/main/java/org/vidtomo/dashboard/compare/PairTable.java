package org.vidtomo.dashboard.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidtomo.dashboard.compare.Metric.Centre;

/**
 * The cells of two groups by video-slot, ready to be weighed again and again. Agents are numbered:
 * first those of a, then those of b.
 */
final class PairTable {
  private final Centre centre;
  private final int agentsA;
  private final int agentsB;
  private final boolean sharesAgents;
  private final int[][] agents;
  private final double[][] values;

  PairTable(List<Cell> a, List<Cell> b, Centre centre) {
    this.centre = centre;
    Map<String, Integer> numbers = new LinkedHashMap<>();
    a.forEach(cell -> numbers.putIfAbsent("a" + cell.agent(), numbers.size()));
    agentsA = numbers.size();
    b.forEach(cell -> numbers.putIfAbsent("b" + cell.agent(), numbers.size()));
    agentsB = numbers.size() - agentsA;
    sharesAgents = a.stream().anyMatch(cell -> numbers.containsKey("b" + cell.agent()));
    Map<Cell.VideoSlot, List<double[]>> slots = new LinkedHashMap<>();
    a.forEach(cell -> add(slots, cell, numbers.get("a" + cell.agent())));
    b.forEach(cell -> add(slots, cell, numbers.get("b" + cell.agent())));
    agents = new int[slots.size()][];
    values = new double[slots.size()][];
    int slot = 0;
    for (List<double[]> members : slots.values()) {
      agents[slot] = members.stream().mapToInt(m -> (int) m[0]).toArray();
      values[slot++] = members.stream().mapToDouble(m -> m[1]).toArray();
    }
  }

  private static void add(Map<Cell.VideoSlot, List<double[]>> slots, Cell cell, int agent) {
    slots
        .computeIfAbsent(cell.videoSlot(), k -> new ArrayList<>(2))
        .add(new double[] {agent, cell.value()});
  }

  /** Whether an agent stands on both sides: then its two halves are no two agents. */
  boolean sharesAgents() {
    return sharesAgents;
  }

  int agentsA() {
    return agentsA;
  }

  int agentsB() {
    return agentsB;
  }

  /** Every agent once, on its own side: 1 stands for a, −1 for b. */
  int[] sides() {
    int[] sides = new int[agentsA + agentsB];
    Arrays.fill(sides, 0, agentsA, 1);
    Arrays.fill(sides, agentsA, sides.length, -1);
    return sides;
  }

  /** How much one weighing costs, in steps. */
  long cost() {
    return Arrays.stream(agents).mapToLong(a -> a.length).sum() + 130L * agents.length;
  }

  /**
   * For every video-slot that both sides have, the difference of their middles over agents.
   *
   * @param sides for each agent a number of times: over 0 on side a, under 0 on side b
   */
  double[] differences(int[] sides) {
    double[] differences = new double[agents.length];
    int found = 0;
    for (int slot = 0; slot < agents.length; slot++) {
      double[] a = side(slot, sides, 1);
      double[] b = side(slot, sides, -1);
      if (a.length > 0 && b.length > 0) {
        double middleA = Cell.centre(a, centre);
        double middleB = Cell.centre(b, centre);
        differences[found++] = middleA == middleB ? 0 : middleA - middleB;
      }
    }
    return Arrays.copyOf(differences, found);
  }

  /** The middle of the differences; NaN when the sides have no video-slot in common. */
  double difference(int[] sides) {
    double[] differences = differences(sides);
    if (differences.length == 0) {
      return Double.NaN;
    }
    return centre == Centre.MEAN
        ? Arrays.stream(differences).average().orElseThrow()
        : HodgesLehmann.of(differences);
  }

  /**
   * Cliff's delta within each video-slot (Cliff, "Dominance statistics", Psychological Bulletin
   * 114(3), 1993), averaged over the video-slots that both have.
   */
  double dominance() {
    int[] sides = sides();
    double sum = 0;
    int found = 0;
    for (int slot = 0; slot < agents.length; slot++) {
      double[] a = side(slot, sides, 1);
      double[] b = side(slot, sides, -1);
      if (a.length > 0 && b.length > 0) {
        sum += dominance(a, b);
        found++;
      }
    }
    return found == 0 ? Double.NaN : sum / found;
  }

  private static double dominance(double[] a, double[] b) {
    long sum = 0;
    for (double x : a) {
      for (double y : b) {
        sum += Double.compare(x, y);
      }
    }
    return (double) sum / a.length / b.length;
  }

  private double[] side(int slot, int[] sides, int sign) {
    int count = 0;
    for (int agent : agents[slot]) {
      count += Math.max(0, sides[agent] * sign);
    }
    double[] members = new double[count];
    int next = 0;
    for (int i = 0; i < agents[slot].length; i++) {
      for (int times = sides[agents[slot][i]] * sign; times > 0; times--) {
        members[next++] = values[slot][i];
      }
    }
    return members;
  }
}
