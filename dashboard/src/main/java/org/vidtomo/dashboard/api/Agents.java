package org.vidtomo.dashboard.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vidtomo.dashboard.index.AgentLine;
import org.vidtomo.dashboard.index.IndexedCells;
import org.vidtomo.storage.AgentStore;
import org.vidtomo.storage.EnrolledAgent;

/** Enrolled agents, with what their latest measurements say of them. Never an address. */
final class Agents {
  private final AgentStore agents;
  private final IndexedCells cells;

  Agents(AgentStore agents, IndexedCells cells) {
    this.agents = requireNonNull(agents, "agents");
    this.cells = requireNonNull(cells, "cells");
  }

  /**
   * An agent.
   *
   * @param lastMeasuredAt the latest slot among the measurements in memory
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
      Optional<Instant> lastMeasuredAt) {}

  List<AgentView> all() {
    Map<String, AgentLine> latest =
        cells.agents().stream().collect(Collectors.toMap(AgentLine::agent, Function.identity()));
    return agents.list().stream()
        .map(agent -> view(agent, Optional.ofNullable(latest.get(agent.id()))))
        .toList();
  }

  private static AgentView view(EnrolledAgent agent, Optional<AgentLine> latest) {
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
        latest.map(AgentLine::lastMeasuredAt));
  }
}
