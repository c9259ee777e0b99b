package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * From where an agent last asked for a ticket.
 *
 * @param address a keyed hash; likewise {@code prefix}: the same for the same, and no more
 * @param since when it was first seen there
 */
public record AgentOrigin(String agentId, String address, String prefix, Instant since) {
  public AgentOrigin {
    requireNonNull(agentId, "agentId");
    requireNonNull(address, "address");
    requireNonNull(prefix, "prefix");
    requireNonNull(since, "since");
  }
}
