package org.vidtomo.coordinator.enrol;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.vidtomo.coordinator.assign.EnrolledAgent;
import org.vidtomo.coordinator.request.RefusedException;
import org.vidtomo.core.network.KeptAddresses;
import org.vidtomo.core.network.Network;
import org.vidtomo.core.network.NetworkPrefix;
import org.vidtomo.core.network.NetworkTicket;
import org.vidtomo.core.network.Networks;
import org.vidtomo.core.network.ProviderSource;
import org.vidtomo.core.trust.AgentAsking;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.runtime.http.SpecialAddresses;

/** Tells callers the address they come from; enrolled agents get it signed. */
public final class Whoami {
  private static final Duration TICKET_VALIDITY = Duration.ofHours(6);

  private final AgentTokens tokens;
  private final SigningKey key;
  private final Networks networks;
  private final KeptAddresses keep;
  private final BiConsumer<String, InetAddress> seen;
  private final Clock clock;

  /**
   * The answer.
   *
   * @param ticket {@link NetworkTicket} as a signed token, for enrolled agents
   * @param scope what the caller's bearer token allows, when it is known here
   * @param asn of the address, if it is known here; {@code asName} likewise
   * @param keep what the installation keeps of the address: agents send no more
   */
  public record Answer(
      String address,
      String prefix,
      Instant at,
      Optional<String> ticket,
      Optional<String> scope,
      OptionalLong asn,
      Optional<String> asName,
      KeptAddresses keep) {
    /** The same for a caller with a bearer token. */
    public Answer withScope(String allowed) {
      return new Answer(address, prefix, at, ticket, Optional.of(allowed), asn, asName, keep);
    }
  }

  /**
   * Answers.
   *
   * @param networks the installation's table
   * @param keep what the installation keeps of addresses
   * @param seen hears which agent asked from where
   */
  public Whoami(
      AgentTokens tokens,
      SigningKey key,
      Networks networks,
      KeptAddresses keep,
      BiConsumer<String, InetAddress> seen,
      Clock clock) {
    this.tokens = requireNonNull(tokens, "tokens");
    this.key = requireNonNull(key, "key");
    this.networks = requireNonNull(networks, "networks");
    this.keep = requireNonNull(keep, "keep");
    this.seen = requireNonNull(seen, "seen");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * An agent asked for something else: one that asks for no tickets is as much in a crowd as
   * others.
   */
  public void seen(String agentId, InetAddress address) {
    seen.accept(agentId, address);
  }

  /**
   * The address and, for an enrolled agent, the ticket. An agent whose clock is more than 10
   * minutes off gets none: the answer's time tells it so.
   *
   * @param token {@link AgentAsking} signed with the agent's key
   * @throws RefusedException when the token is not of an enrolled agent
   */
  public Answer answer(InetAddress address, Optional<String> token) throws RefusedException {
    Instant now = clock.instant();
    Optional<Network> network = networks.find(address);
    Optional<String> ticket = Optional.empty();
    if (token.isPresent()) {
      AgentTokens.Asker asker = tokens.asker(token.get(), AgentAsking.Purpose.WHOAMI);
      if (asker.fresh()) {
        seen.accept(asker.agent().agentId(), address);
        ticket = Optional.of(ticket(asker.agent(), address, network, now));
      }
    }
    return new Answer(
        address.getHostAddress(),
        NetworkPrefix.of(address),
        now,
        ticket,
        Optional.empty(),
        asn(network),
        network.flatMap(Network::name),
        keep);
  }

  /** An agent beside its coordinator comes from an address that says nothing of its network. */
  private String ticket(
      EnrolledAgent agent, InetAddress address, Optional<Network> network, Instant now) {
    boolean told =
        keep != KeptAddresses.NONE && SpecialAddresses.find(address.getAddress()).isEmpty();
    NetworkTicket ticket =
        new NetworkTicket(
            agent.agentId(),
            agent.provider().or(() -> network.flatMap(Network::name)),
            asn(network),
            network.flatMap(Network::name),
            told ? Optional.of(NetworkPrefix.of(address)) : Optional.empty(),
            now,
            now.plus(TICKET_VALIDITY),
            providerBy(agent, network));
    return SignedMessage.sign(Wire.toBytes(ticket), key).toToken();
  }

  private static Optional<ProviderSource> providerBy(
      EnrolledAgent agent, Optional<Network> network) {
    return agent.provider().isPresent()
        ? agent.providerBy()
        : network.flatMap(Network::name).map(name -> ProviderSource.NETWORK);
  }

  private static OptionalLong asn(Optional<Network> network) {
    return network.map(n -> OptionalLong.of(n.asn())).orElse(OptionalLong.empty());
  }
}
