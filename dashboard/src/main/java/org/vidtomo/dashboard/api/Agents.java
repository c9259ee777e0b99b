package org.vidtomo.dashboard.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.vidtomo.dashboard.index.AgentLine;
import org.vidtomo.storage.AgentStore;
import org.vidtomo.storage.EnrolledAgent;
import org.vidtomo.storage.Flag;
import org.vidtomo.storage.FlagKind;

/** Enrolled agents, with what their latest measurements say of them. Never an address. */
final class Agents {
  private final AgentStore agents;
  private final LatestAgents latest;
  private final Supplier<List<Flag>> flags;
  private final int hideBelow;

  /**
   * Agents.
   *
   * @param flags of all agents
   * @param hideBelow agents that must be alike to be named
   */
  Agents(AgentStore agents, LatestAgents latest, Supplier<List<Flag>> flags, int hideBelow) {
    this.agents = requireNonNull(agents, "agents");
    this.latest = requireNonNull(latest, "latest");
    this.flags = requireNonNull(flags, "flags");
    this.hideBelow = hideBelow;
  }

  /** What an agent is flagged for, since when, by how many reports, and what the latest said. */
  record FlagView(FlagKind kind, Instant firstAt, Instant lastAt, int reports, String evidence) {
    private static FlagView of(Flag flag) {
      return new FlagView(
          flag.kind(), flag.firstAt(), flag.lastAt(), flag.reports(), flag.evidence());
    }
  }

  /**
   * An agent.
   *
   * @param lastMeasuredAt the latest slot among the measurements in memory
   * @param flags what comparisons leave it out for
   */
  record AgentView(
      String agentId,
      Optional<String> provider,
      OptionalLong asn,
      Optional<String> asName,
      Optional<String> country,
      Optional<String> technology,
      Optional<String> addressFamily,
      Instant enrolledAt,
      boolean revoked,
      Optional<Instant> lastMeasuredAt,
      List<FlagView> flags) {}

  /**
   * Agents, as far as who asks may know them.
   *
   * @param hideBelow agents that must be alike to be named
   * @param hidden those that are not
   */
  record AgentList(List<AgentView> agents, int hideBelow, int hidden, List<OfProvider> providers) {}

  /** What may be said of the agents of an ISP; those that are revoked don't count. */
  record OfProvider(String provider, int agents, Optional<Instant> lastMeasuredAt) {}

  AgentList list(Predicate<String> mayName) {
    List<AgentView> all = all();
    List<AgentView> named = all.stream().filter(each -> mayName.test(each.agentId())).toList();
    Map<String, List<AgentView>> byProvider =
        all.stream()
            .filter(each -> !each.revoked())
            .collect(
                Collectors.groupingBy(
                    each -> each.provider().orElse("not known"),
                    TreeMap::new,
                    Collectors.toList()));
    return new AgentList(
        named,
        hideBelow,
        all.size() - named.size(),
        byProvider.entrySet().stream().map(entry -> of(entry.getKey(), entry.getValue())).toList());
  }

  private static OfProvider of(String provider, List<AgentView> agents) {
    return new OfProvider(
        provider,
        agents.size(),
        agents.stream()
            .flatMap(each -> each.lastMeasuredAt().stream())
            .max(Comparator.naturalOrder()));
  }

  private List<AgentView> all() {
    Map<String, AgentLine> lines =
        latest.lines().stream().collect(Collectors.toMap(AgentLine::agent, Function.identity()));
    Map<String, List<FlagView>> flagged =
        flags.get().stream()
            .collect(
                Collectors.groupingBy(
                    Flag::agentId, Collectors.mapping(FlagView::of, Collectors.toList())));
    return agents.list().stream()
        .map(
            agent ->
                view(
                    agent,
                    Optional.ofNullable(lines.get(agent.id())),
                    flagged.getOrDefault(agent.id(), List.of())))
        .toList();
  }

  private static AgentView view(
      EnrolledAgent agent, Optional<AgentLine> latest, List<FlagView> flags) {
    return new AgentView(
        agent.id(),
        latest.flatMap(AgentLine::provider).or(agent::provider),
        latest.map(AgentLine::asn).orElse(OptionalLong.empty()),
        latest.flatMap(AgentLine::asName),
        latest.flatMap(AgentLine::country),
        latest.flatMap(AgentLine::technology),
        latest.map(AgentLine::addressFamily),
        agent.enrolledAt(),
        agent.revokedAt().isPresent(),
        latest.map(AgentLine::lastMeasuredAt),
        flags);
  }
}
