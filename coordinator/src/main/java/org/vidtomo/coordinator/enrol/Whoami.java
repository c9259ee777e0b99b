package org.vidtomo.coordinator.enrol;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.vidtomo.coordinator.assign.EnrolledAgent;
import org.vidtomo.coordinator.assign.Fleet;
import org.vidtomo.coordinator.request.RefusedException;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

/** Tells callers the address they come from; enrolled agents get it signed. */
public final class Whoami {
  private static final Duration TICKET_VALIDITY = Duration.ofHours(6);
  private static final Duration CLOCK_LIMIT = Duration.ofMinutes(10);

  private final Fleet fleet;
  private final SigningKey key;
  private final Clock clock;

  /**
   * The body of the token with which an agent says that it asks.
   *
   * @param at the agent's clock
   */
  public record Asking(String agentId, Instant at) {}

  /**
   * The answer.
   *
   * @param ticket {@link NetworkTicket} as a signed token, for enrolled agents
   * @param scope what the caller's bearer token allows, when it is known here
   */
  public record Answer(
      String address, String prefix, Instant at, Optional<String> ticket, Optional<String> scope) {
    /** The same for a caller with a bearer token. */
    public Answer withScope(String allowed) {
      return new Answer(address, prefix, at, ticket, Optional.of(allowed));
    }
  }

  public Whoami(Fleet fleet, SigningKey key, Clock clock) {
    this.fleet = fleet;
    this.key = key;
    this.clock = clock;
  }

  /**
   * The address and, for an enrolled agent, the ticket. An agent whose clock is more than 10
   * minutes off gets none: the answer's time tells it so.
   *
   * @param token {@link Asking} signed with the agent's key
   * @throws RefusedException when the token is not of an enrolled agent
   */
  public Answer answer(InetAddress address, Optional<String> token) throws RefusedException {
    Instant now = clock.instant();
    String prefix = NetworkPrefix.of(address);
    Optional<String> ticket = Optional.empty();
    Asking asking = token.isPresent() ? verified(token.get()) : null;
    if (asking != null && Duration.between(asking.at(), now).abs().compareTo(CLOCK_LIMIT) <= 0) {
      NetworkTicket signed =
          new NetworkTicket(asking.agentId(), prefix, now, now.plus(TICKET_VALIDITY));
      ticket = Optional.of(SignedMessage.sign(Wire.toBytes(signed), key).toToken());
    }
    return new Answer(address.getHostAddress(), prefix, now, ticket, Optional.empty());
  }

  private Asking verified(String token) throws RefusedException {
    try {
      SignedMessage message = SignedMessage.parseToken(token);
      EnrolledAgent agent =
          fleet
              .byKey(message.keyId())
              .orElseThrow(() -> new TrustException("the key is of no enrolled agent"));
      Asking asking = Wire.read(message.verify(agent.key()), Asking.class);
      if (asking.at() == null || !agent.agentId().equals(asking.agentId())) {
        throw new TrustException("it must name agent " + agent.agentId() + " and the time");
      }
      return asking;
    } catch (TrustException | WireException e) {
      throw new RefusedException(
          RefusedException.Why.NOT_ALLOWED, "the agent's token is not valid: " + e.getMessage());
    }
  }
}
