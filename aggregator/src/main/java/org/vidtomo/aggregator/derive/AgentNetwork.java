package org.vidtomo.aggregator.derive;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.vidtomo.core.network.NetworkTicket;
import org.vidtomo.core.network.ProviderSource;
import org.vidtomo.storage.EnrolledAgent;

/**
 * What the installation knows of the network that an agent measured from, beside what the agent
 * says.
 *
 * @param enrolledProvider the ISP as agent or invite named it at enrolment
 * @param enrolledBy which of both; absent where nobody noted it
 * @param ticket the coordinator's word, verified, and about that agent at that time
 */
public record AgentNetwork(
    Optional<String> enrolledProvider,
    Optional<ProviderSource> enrolledBy,
    Optional<NetworkTicket> ticket) {
  /** Nothing is known. */
  public static final AgentNetwork UNKNOWN = enrolled(Optional.empty());

  public AgentNetwork {
    requireNonNull(enrolledProvider, "enrolledProvider");
    requireNonNull(enrolledBy, "enrolledBy");
    requireNonNull(ticket, "ticket");
  }

  /** Only the provider is known, and not who named it. */
  public static AgentNetwork enrolled(Optional<String> provider) {
    return new AgentNetwork(provider, Optional.empty(), Optional.empty());
  }

  /** What its enrolment and its ticket say. */
  public static AgentNetwork of(EnrolledAgent agent, Optional<NetworkTicket> ticket) {
    return new AgentNetwork(agent.provider(), agent.providerBy(), ticket);
  }

  /** The same, of which no prefix is kept. */
  AgentNetwork withoutPrefix() {
    return new AgentNetwork(enrolledProvider, enrolledBy, ticket.map(NetworkTicket::withoutPrefix));
  }
}
