package org.vidtomo.coordinator.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.vidtomo.coordinator.assign.AgentState;
import org.vidtomo.coordinator.assign.Fleet;

/** The agents as the API shows them. */
final class AgentList {
  private final Fleet fleet;

  /**
   * An agent.
   *
   * @param alive whether it gave a sign of life lately
   * @param status {@code active}, {@code paused} or {@code leaving}, as it last said
   */
  record Entry(
      String agentId,
      String provider,
      boolean alive,
      String status,
      Optional<Instant> lastHeard,
      String software,
      List<String> capabilities,
      Optional<UUID> running,
      OptionalLong bytesLeft,
      OptionalLong clockOffsetMicros) {}

  AgentList(Fleet fleet) {
    this.fleet = fleet;
  }

  List<Entry> all() {
    return fleet.all().stream().map(this::entry).toList();
  }

  private Entry entry(AgentState agent) {
    return new Entry(
        agent.agentId(),
        agent.provider(),
        fleet.alive(agent),
        agent.status().wireName(),
        agent.lastHeard(),
        agent.software(),
        agent.capabilities(),
        agent.running(),
        agent.bytesLeft(),
        agent.clockOffsetMicros());
  }
}
