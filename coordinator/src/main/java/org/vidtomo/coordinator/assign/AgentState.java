package org.vidtomo.coordinator.assign;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.vidtomo.core.task.Presence;

/**
 * An enrolled agent, as last heard of.
 *
 * @param provider the ISP; {@code unknown} when nobody said
 * @param lastHeard when it gave a sign of life, by the coordinator's clock; empty: never since the
 *     coordinator started
 * @param software empty until it is heard of
 * @param bytesLeft what its byte budget still allowed today
 * @param clockOffsetMicros its clock minus the coordinator's
 */
public record AgentState(
    String agentId,
    String queue,
    String provider,
    Optional<Instant> lastHeard,
    Presence.Status status,
    String software,
    List<String> capabilities,
    Optional<UUID> running,
    OptionalLong bytesLeft,
    OptionalLong clockOffsetMicros) {
  /** The provider of agents that name none. */
  public static final String UNKNOWN_PROVIDER = "unknown";

  public AgentState {
    requireNonNull(agentId, "agentId");
    requireNonNull(queue, "queue");
    requireNonNull(provider, "provider");
    requireNonNull(lastHeard, "lastHeard");
    requireNonNull(status, "status");
    requireNonNull(software, "software");
    capabilities = List.copyOf(capabilities);
  }
}
