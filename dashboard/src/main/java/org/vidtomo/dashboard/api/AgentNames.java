package org.vidtomo.dashboard.api;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.vidtomo.dashboard.index.AgentLine;

/**
 * Which agents the public may know by name: those that share everything that stands beside their
 * name with enough others. Thread-safe.
 */
final class AgentNames {
  private final LatestAgents latest;
  private final int fewest;
  private List<AgentLine> looked = List.of();
  private Set<String> named = Set.of();

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
  AgentNames(LatestAgents latest, int fewest) {
    this.latest = requireNonNull(latest, "latest");
    this.fewest = fewest;
  }

  /** Whether the public may know an agent by name. Blocks. */
  synchronized boolean mayBeKnown(String agent) {
    if (fewest <= 1) {
      return true;
    }
    List<AgentLine> lines = latest.lines();
    if (lines != looked) {
      named = named(lines, fewest);
      looked = lines;
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
