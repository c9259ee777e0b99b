package org.vidtomo.dashboard.compare;

import org.vidtomo.dashboard.compare.Comparison.Counts;

/**
 * How much it takes to say something.
 *
 * @param rankAgents to rank a group
 * @param rankPrefixes networks that these agents must be in
 * @param rankCells to rank a group
 * @param intervalAgents to give an interval
 */
public record Thresholds(int rankAgents, int rankPrefixes, int rankCells, int intervalAgents) {
  public static final Thresholds DEFAULTS = new Thresholds(10, 3, 200, 5);

  boolean enoughToRank(Counts n) {
    return n.agents() >= rankAgents && n.prefixes() >= rankPrefixes && n.cells() >= rankCells;
  }

  boolean enoughForInterval(int agents) {
    return agents >= intervalAgents;
  }

  /** What it takes to rank a group. */
  String rankRule() {
    return "a rank needs %d cells from %d agents in %d prefixes"
        .formatted(rankCells, rankAgents, rankPrefixes);
  }

  String notEnough(Counts n) {
    return "not enough data (n = %s, %s, %s): %s"
        .formatted(
            count(n.cells(), "cell", "cells"),
            count(n.agents(), "agent", "agents"),
            count(n.prefixes(), "prefix", "prefixes"),
            rankRule());
  }

  private static String count(int n, String one, String many) {
    return n + " " + (n == 1 ? one : many);
  }

  String noInterval(int agents) {
    return "an interval needs %d agents, there are %d".formatted(intervalAgents, agents);
  }

  String notEnough(PairedAgents agents) {
    String n =
        agents.within()
            ? "%d agents in both".formatted(agents.fewest())
            : "%d and %d agents".formatted(agents.a().length, agents.b().length);
    return "not enough data (n = %s): %s".formatted(n, testRule(agents.within()));
  }

  String notEnough(int agentsOfA, int agentsOfB) {
    return "not enough data (n = %d and %d agents): %s"
        .formatted(agentsOfA, agentsOfB, testRule(false));
  }

  /** What it takes to test two groups. */
  String testRule(boolean within) {
    return within
        ? "an interval needs %d agents that are in both, each compared with itself"
            .formatted(intervalAgents)
        : "an interval needs %d agents on each side".formatted(intervalAgents);
  }
}
