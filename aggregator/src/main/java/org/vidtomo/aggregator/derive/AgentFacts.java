package org.vidtomo.aggregator.derive;

import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.core.network.Network;
import org.vidtomo.core.network.NetworkTicket;
import org.vidtomo.core.network.Networks;
import org.vidtomo.core.network.ProviderSource;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.storage.NetworkSource;

/**
 * What is taken for true of an agent's network, and whose word that is. The ticket stands above
 * all; what neither it nor the enrolment says, the agent may say, and it is marked as its own word.
 */
record AgentFacts(
    Optional<String> provider,
    Optional<NetworkSource> providerFrom,
    Optional<String> prefix,
    Optional<NetworkSource> prefixFrom,
    OptionalLong asn,
    Optional<NetworkSource> asnFrom,
    Optional<String> asName) {

  private record Said<T>(T value, NetworkSource by) {}

  private record As(long number, Optional<String> name) {}

  static AgentFacts of(AgentInfo agent, AgentNetwork known, Networks networks) {
    Optional<Said<String>> provider =
        known
            .ticket()
            .flatMap(AgentFacts::provider)
            .or(() -> enrolled(known))
            .or(() -> said(AgentsWord.name(agent.provider()), NetworkSource.AGENT));
    Optional<Said<String>> prefix =
        said(known.ticket().flatMap(NetworkTicket::prefix), NetworkSource.TICKET)
            .or(() -> said(AgentsWord.name(agent.prefix()), NetworkSource.AGENT));
    Optional<Said<As>> as =
        said(known.ticket().flatMap(AgentFacts::as), NetworkSource.TICKET)
            .or(
                () ->
                    said(
                        known
                            .ticket()
                            .flatMap(NetworkTicket::prefix)
                            .flatMap(p -> find(networks, p)),
                        NetworkSource.TABLE))
            .or(() -> said(own(agent, networks), NetworkSource.AGENT));
    return new AgentFacts(
        provider.map(Said::value),
        provider.map(Said::by),
        prefix.map(Said::value),
        prefix.map(Said::by),
        as.map(s -> OptionalLong.of(s.value().number())).orElse(OptionalLong.empty()),
        as.map(Said::by),
        as.flatMap(s -> s.value().name()));
  }

  private static <T> Optional<Said<T>> said(Optional<T> value, NetworkSource by) {
    return value.map(v -> new Said<>(v, by));
  }

  /** What an agent said when it enrolled stays its own word, though a ticket repeats it. */
  private static Optional<Said<String>> provider(NetworkTicket ticket) {
    return said(
        ticket.provider(), isOwn(ticket.providerBy()) ? NetworkSource.AGENT : NetworkSource.TICKET);
  }

  /** Nor does it become more by asking for no ticket. */
  private static Optional<Said<String>> enrolled(AgentNetwork known) {
    return said(
        known.enrolledProvider(),
        isOwn(known.enrolledBy()) ? NetworkSource.AGENT : NetworkSource.ENROLMENT);
  }

  private static boolean isOwn(Optional<ProviderSource> by) {
    return by.filter(source -> source == ProviderSource.AGENT).isPresent();
  }

  private static Optional<As> as(NetworkTicket ticket) {
    return as(ticket.asn(), ticket.asName());
  }

  private static Optional<As> own(AgentInfo agent, Networks networks) {
    return as(AgentsWord.asn(agent.asn()), AgentsWord.name(agent.asName()))
        .or(() -> agent.publicIp().or(agent::prefix).flatMap(p -> find(networks, p)));
  }

  private static Optional<As> as(OptionalLong number, Optional<String> name) {
    return number.isPresent() ? Optional.of(new As(number.getAsLong(), name)) : Optional.empty();
  }

  /** By a prefix's first address, or by an address. */
  private static Optional<As> find(Networks networks, String prefix) {
    int slash = prefix.indexOf('/');
    Optional<Network> network = networks.find(slash < 0 ? prefix : prefix.substring(0, slash));
    return network.map(n -> new As(n.asn(), n.name()));
  }
}
