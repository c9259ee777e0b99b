package org.vidtomo.core.task;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.wire.WireName;

/**
 * An agent's heartbeat, signed by the agent.
 *
 * @param at the agent's clock
 * @param capabilities what it can do, in the words of {@link Capabilities}
 * @param running the task being measured
 * @param bytesLeft what the agent's byte budget still allows today
 */
public record Presence(
    int schemaVersion,
    AgentInfo agent,
    Status status,
    Instant at,
    List<String> capabilities,
    Optional<UUID> running,
    OptionalLong bytesLeft) {
  public static final int SCHEMA_VERSION = 1;

  /** Whether an agent takes tasks. */
  public enum Status implements WireName {
    ACTIVE,
    /** Also a status that this version does not know: it is there, and gets nothing. */
    @JsonEnumDefaultValue
    PAUSED,
    LEAVING
  }

  public Presence {
    requireNonNull(agent, "agent");
    requireNonNull(status, "status");
    requireNonNull(at, "at");
    capabilities = capabilities == null ? List.of() : List.copyOf(capabilities);
  }
}
