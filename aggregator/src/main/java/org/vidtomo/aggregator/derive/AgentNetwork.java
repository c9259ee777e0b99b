package org.vidtomo.aggregator.derive;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.vidtomo.core.network.NetworkTicket;

/**
 * What the installation knows of the network that an agent measured from, beside what the agent
 * says.
 *
 * @param enrolledProvider the ISP as agent or invite named it at enrolment
 * @param ticket the coordinator's word, verified, and about that agent at that time
 */
public record AgentNetwork(Optional<String> enrolledProvider, Optional<NetworkTicket> ticket) {
  /** Nothing is known. */
  public static final AgentNetwork UNKNOWN = new AgentNetwork(Optional.empty(), Optional.empty());

  public AgentNetwork {
    requireNonNull(enrolledProvider, "enrolledProvider");
    requireNonNull(ticket, "ticket");
  }

  /** Only the provider is known. */
  public static AgentNetwork enrolled(Optional<String> provider) {
    return new AgentNetwork(provider, Optional.empty());
  }
}
