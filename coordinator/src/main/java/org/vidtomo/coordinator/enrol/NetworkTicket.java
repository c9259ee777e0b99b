package org.vidtomo.coordinator.enrol;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The coordinator's word for the network that an agent's request came from, signed with its key.
 *
 * @param prefix /24 or /48; the address itself is not in the ticket
 * @param notAfter six hours after {@code at}
 */
public record NetworkTicket(String agentId, String prefix, Instant at, Instant notAfter) {
  public NetworkTicket {
    requireNonNull(agentId, "agentId");
    requireNonNull(prefix, "prefix");
    requireNonNull(at, "at");
    requireNonNull(notAfter, "notAfter");
  }
}
