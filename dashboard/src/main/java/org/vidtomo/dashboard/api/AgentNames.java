package org.vidtomo.dashboard.api;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.vidtomo.dashboard.index.AgentLine;
import org.vidtomo.dashboard.index.IndexedCells;

/**
 * Which agents the public may know by name: those that share everything that stands beside their
 * name with enough others. May read all that is in memory, every half minute. Thread-safe.
 */
final class AgentNames {
  private static final Duration KEPT = Duration.ofSeconds(30);

  private final IndexedCells cells;
  private final int fewest;
  private final Clock clock;
  private Set<String> named = Set.of();
  private Instant until = Instant.MIN;

  /** What stands beside an agent's name. */
  private record Beside(
      Optional<String> provider,
      OptionalLong asn,
      Optional<String> country,
      Optional<String> technology) {
    static Beside of(AgentLine line) {
      return new Beside(line.provider(), line.asn(), line.country(), line.technology());
    }
  }

  /**
   * None is known yet.
   *
   * @param fewest agents that must be alike; 0 and 1: all may be named
   */
  AgentNames(IndexedCells cells, int fewest, Clock clock) {
    this.cells = requireNonNull(cells, "cells");
    this.fewest = fewest;
    this.clock = requireNonNull(clock, "clock");
  }

  /** Whether the public may know an agent by name. Blocks. */
  synchronized boolean mayBeKnown(String agent) {
    if (fewest <= 1) {
      return true;
    }
    Instant now = clock.instant();
    if (!now.isBefore(until)) {
      named = named(cells.agents(), fewest);
      until = now.plus(KEPT);
    }
    return named.contains(agent);
  }

  static Set<String> named(List<AgentLine> agents, int fewest) {
    Map<Beside, List<AgentLine>> alike = agents.stream().collect(Collectors.groupingBy(Beside::of));
    return alike.values().stream()
        .filter(some -> some.size() >= fewest)
        .flatMap(List::stream)
        .map(AgentLine::agent)
        .collect(Collectors.toUnmodifiableSet());
  }
}
