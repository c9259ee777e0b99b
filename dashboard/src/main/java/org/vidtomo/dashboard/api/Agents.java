package org.vidtomo.dashboard.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.dashboard.compare.Filter;
import org.vidtomo.storage.AgentStore;
import org.vidtomo.storage.EnrolledAgent;
import org.vidtomo.storage.Measurement;

/** Enrolled agents, with what their latest measurements say of them. Never an address. */
final class Agents {
  private static final int LOOKED_THROUGH = 2_000;

  private final AgentStore agents;
  private final MeasurementPages measurements;

  Agents(AgentStore agents, MeasurementPages measurements) {
    this.agents = requireNonNull(agents, "agents");
    this.measurements = requireNonNull(measurements, "measurements");
  }

  /**
   * An agent.
   *
   * @param lastMeasuredAt the latest slot among the latest {@value Agents#LOOKED_THROUGH}
   *     measurements
   */
  record AgentView(
      String agentId,
      Optional<String> provider,
      OptionalLong asn,
      Optional<String> country,
      Optional<String> technology,
      Optional<String> addressFamily,
      Instant enrolledAt,
      boolean revoked,
      Optional<Instant> lastMeasuredAt) {}

  List<AgentView> all() {
    Map<String, Measurement> latest = new HashMap<>();
    measurements
        .read(Filter.NONE, Optional.empty(), LOOKED_THROUGH)
        .items()
        .forEach(m -> latest.putIfAbsent(m.agentId(), m));
    return agents.list().stream()
        .map(agent -> view(agent, Optional.ofNullable(latest.get(agent.id()))))
        .toList();
  }

  private static AgentView view(EnrolledAgent agent, Optional<Measurement> latest) {
    return new AgentView(
        agent.id(),
        latest.flatMap(Measurement::provider).or(agent::provider),
        latest.map(Measurement::asn).orElse(OptionalLong.empty()),
        latest.flatMap(Measurement::country),
        latest.flatMap(Measurement::technology),
        latest.map(Measurement::addressFamily),
        agent.enrolledAt(),
        agent.revokedAt().isPresent(),
        latest.map(Measurement::scheduledAt));
  }
}
