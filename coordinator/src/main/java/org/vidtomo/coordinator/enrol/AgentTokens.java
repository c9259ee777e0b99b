package org.vidtomo.coordinator.enrol;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.vidtomo.coordinator.assign.EnrolledAgent;
import org.vidtomo.coordinator.assign.Fleet;
import org.vidtomo.coordinator.request.RefusedException;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

/** Tells by a token which enrolled agent asks. */
public final class AgentTokens {
  private static final Duration CLOCK_LIMIT = Duration.ofMinutes(10);

  private final Fleet fleet;
  private final Clock clock;

  /**
   * The body of the token with which an agent says that it asks.
   *
   * @param at the agent's clock
   */
  public record Asking(String agentId, Instant at) {}

  /**
   * An enrolled agent that asks.
   *
   * @param fresh whether it asked now, by both clocks, and not 10 minutes before or after
   */
  public record Asker(EnrolledAgent agent, boolean fresh) {}

  /** Of the agents of this fleet. */
  public AgentTokens(Fleet fleet, Clock clock) {
    this.fleet = requireNonNull(fleet, "fleet");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * Who asks.
   *
   * @param token {@link Asking} signed with the agent's key
   * @throws RefusedException when the token is not of an enrolled agent
   */
  public Asker asker(String token) throws RefusedException {
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
      Duration off = Duration.between(asking.at(), clock.instant()).abs();
      return new Asker(agent, off.compareTo(CLOCK_LIMIT) <= 0);
    } catch (TrustException | WireException e) {
      throw new RefusedException(
          RefusedException.Why.NOT_ALLOWED, "the agent's token is not valid: " + e.getMessage());
    }
  }
}
