package org.vidtomo.dashboard.index;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vidtomo.storage.AgentOrigin;
import org.vidtomo.storage.Flag;
import org.vidtomo.storage.FlagKind;

/**
 * Which agents comparisons leave out, beside those with wrong clocks. Their measurements are stored
 * and shown as all others.
 *
 * @param flagged agents whose reports cannot be, and what is wrong with them
 * @param beyond agents beyond what one address or one prefix counts for
 */
public record Standing(Map<String, Set<FlagKind>> flagged, Set<String> beyond) {
  /** So many agents of one address count: households have two, and crowds no more. */
  public static final int MOST_OF_ADDRESS = 2;

  /** So many agents of one prefix count. */
  public static final int MOST_OF_PREFIX = 4;

  /** Reports are noted once a day. */
  private static final Duration IDLE = Duration.ofDays(3);

  /** Nobody is left out. */
  public static final Standing ALL = new Standing(Map.of(), Set.of());

  public Standing {
    requireNonNull(flagged, "flagged");
    requireNonNull(beyond, "beyond");
    flagged = Map.copyOf(flagged);
    beyond = Set.copyOf(beyond);
  }

  /** What flags and lines make. */
  public static Standing of(Collection<Flag> flags, Collection<AgentOrigin> origins) {
    Map<String, Set<FlagKind>> flagged =
        flags.stream()
            .collect(
                Collectors.groupingBy(
                    Flag::agentId, Collectors.mapping(Flag::kind, Collectors.toSet())));
    List<AgentOrigin> counted =
        origins.stream().filter(origin -> !flagged.containsKey(origin.agentId())).toList();
    return new Standing(flagged, beyond(counted));
  }

  /**
   * Those that were there first count. Who has not measured for days, or never did, comes after
   * those who do: else whoever enrols a few agents in a place keeps all others of it out.
   */
  private static Set<String> beyond(List<AgentOrigin> origins) {
    Instant latest =
        origins.stream()
            .flatMap(origin -> origin.reportedAt().stream())
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    Comparator<AgentOrigin> idleLast =
        Comparator.comparing(
            origin -> origin.reportedAt().filter(at -> !at.isBefore(latest.minus(IDLE))).isEmpty());
    Map<String, Integer> ofAddress = new HashMap<>();
    Map<String, Integer> ofPrefix = new HashMap<>();
    Set<String> beyond = new HashSet<>();
    origins.stream()
        .sorted(idleLast.thenComparing(AgentOrigin::since).thenComparing(AgentOrigin::agentId))
        .forEach(
            origin -> {
              if (ofAddress.getOrDefault(origin.address(), 0) >= MOST_OF_ADDRESS
                  || ofPrefix.getOrDefault(origin.prefix(), 0) >= MOST_OF_PREFIX) {
                beyond.add(origin.agentId());
              } else {
                ofAddress.merge(origin.address(), 1, Integer::sum);
                ofPrefix.merge(origin.prefix(), 1, Integer::sum);
              }
            });
    return beyond;
  }

  /** Whether an agent is left out. */
  boolean leavesOut(String agent) {
    return flagged.containsKey(agent) || beyond.contains(agent);
  }

  /**
   * Why agents were left out that were.
   *
   * @param agents their numbers
   */
  List<String> reasons(BitSet agents, Names names) {
    Set<String> left = new HashSet<>();
    for (int line = 0; line < names.lines().length; line++) {
      if (agents.get(names.agentOf()[line])) {
        left.add(names.lines()[line].agent());
      }
    }
    List<String> reasons = new ArrayList<>();
    long crowded = left.stream().filter(beyond::contains).count();
    List<String> ofFlags = left.stream().filter(flagged::containsKey).toList();
    long clocks = left.size() - crowded - ofFlags.size();
    if (clocks > 0) {
      reasons.add(
          "%d agents whose clocks are more than %d minutes off"
              .formatted(clocks, Line.MAX_CLOCK_OFFSET.toMinutes()));
    }
    flags(ofFlags).ifPresent(reasons::add);
    if (crowded > 0) {
      reasons.add(
          "%d agents beyond %d of one address or %d of one network prefix"
              .formatted(crowded, MOST_OF_ADDRESS, MOST_OF_PREFIX));
    }
    return reasons;
  }

  private Optional<String> flags(List<String> agents) {
    if (agents.isEmpty()) {
      return Optional.empty();
    }
    Map<FlagKind, Integer> counts = new TreeMap<>();
    agents.forEach(
        agent -> flagged.get(agent).forEach(kind -> counts.merge(kind, 1, Integer::sum)));
    String kinds =
        counts.entrySet().stream()
            .map(e -> e.getKey().wireName().replace('_', ' ') + ": " + e.getValue())
            .collect(Collectors.joining(", "));
    return Optional.of(
        String.format(Locale.ROOT, "%d agents whose reports cannot be (%s)", agents.size(), kinds));
  }
}
