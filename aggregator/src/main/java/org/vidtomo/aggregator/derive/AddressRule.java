package org.vidtomo.aggregator.derive;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.vidtomo.core.network.KeptAddresses;
import org.vidtomo.core.network.NetworkTicket;
import org.vidtomo.core.report.AddressScrub;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Report;

/**
 * Takes out of reports what the installation does not keep of its agents' public addresses. Agents
 * are told not to send it; this is for those that do.
 *
 * @param kept what the installation keeps
 */
public record AddressRule(KeptAddresses kept) {
  /** Everything is kept. */
  public static final AddressRule KEEP_ALL = new AddressRule(KeptAddresses.WHOLE);

  public AddressRule {
    requireNonNull(kept, "kept");
  }

  /**
   * Whether a report holds what is not kept.
   *
   * @param ticket the report's, if it holds
   */
  public boolean concerns(Report report, Optional<NetworkTicket> ticket) {
    AgentInfo agent = report.agent();
    return switch (kept) {
      case WHOLE -> false;
      case PREFIX -> agent.publicIp().isPresent();
      case NONE ->
          agent.publicIp().isPresent()
              || agent.prefix().isPresent()
              || agent.ticket().isPresent() && saysPrefix(ticket);
    };
  }

  /** What a ticket says that does not hold is not known here. */
  private static boolean saysPrefix(Optional<NetworkTicket> ticket) {
    return ticket.isEmpty() || ticket.get().prefix().isPresent();
  }

  /** Takes it out of a report's JSON. What a ticket said beside it stays in the agent's fields. */
  public void reduce(ObjectNode report, Optional<NetworkTicket> ticket) {
    if (kept == KeptAddresses.WHOLE || !(report.get("agent") instanceof ObjectNode agent)) {
      return;
    }
    String address = agent.path("publicIp").asText("");
    agent.remove("publicIp");
    if (!address.isEmpty()) {
      new AddressScrub(address).in(report);
    }
    if (kept == KeptAddresses.NONE) {
      agent.remove("prefix");
      if (saysPrefix(ticket)) {
        agent.remove("ticket");
        ticket.ifPresent(t -> keepRest(t, agent));
      }
    }
  }

  private static void keepRest(NetworkTicket ticket, ObjectNode agent) {
    ticket.provider().ifPresent(provider -> agent.put("provider", provider));
    ticket.asn().ifPresent(asn -> agent.put("asn", asn));
    ticket.asName().ifPresent(name -> agent.put("asName", name));
  }

  /** What may be derived from a ticket. */
  public AgentNetwork of(AgentNetwork network) {
    return kept == KeptAddresses.NONE ? network.withoutPrefix() : network;
  }
}
