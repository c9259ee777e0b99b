package org.vidtomo.coordinator.enrol;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.vidtomo.coordinator.assign.EnrolledAgent;
import org.vidtomo.coordinator.assign.Fleet;
import org.vidtomo.coordinator.request.RefusedException;
import org.vidtomo.core.trust.AgentAsking;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.storage.AgentStore;

/** Tells by a token which agent asks. */
public final class AgentTokens {
  private static final Duration CLOCK_LIMIT = Duration.ofMinutes(10);

  private final Function<String, Optional<EnrolledAgent>> byKey;
  private final Clock clock;

  /**
   * An agent that asks.
   *
   * @param fresh whether it asked now, by both clocks, and not 10 minutes before or after
   */
  public record Asker(EnrolledAgent agent, boolean fresh) {}

  private AgentTokens(Function<String, Optional<EnrolledAgent>> byKey, Clock clock) {
    this.byKey = requireNonNull(byKey, "byKey");
    this.clock = requireNonNull(clock, "clock");
  }

  /** Of the agents of this fleet. */
  public AgentTokens(Fleet fleet, Clock clock) {
    this(fleet::byKey, clock);
  }

  /** Of those that were revoked, too. */
  static AgentTokens alsoRevoked(AgentStore agents, Clock clock) {
    return new AgentTokens(keyId -> agents.findByKey(keyId).flatMap(AgentTokens::undamaged), clock);
  }

  private static Optional<EnrolledAgent> undamaged(org.vidtomo.storage.EnrolledAgent stored) {
    try {
      return Optional.of(EnrolledAgent.of(stored));
    } catch (TrustException e) {
      return Optional.empty();
    }
  }

  /**
   * Who asks.
   *
   * @param token {@link AgentAsking} signed with the agent's key
   * @throws RefusedException when the token is not of an enrolled agent, or for something else
   */
  public Asker asker(String token, AgentAsking.Purpose purpose) throws RefusedException {
    try {
      SignedMessage message = SignedMessage.parseToken(token);
      EnrolledAgent agent =
          byKey
              .apply(message.keyId())
              .orElseThrow(() -> new TrustException("the key is of no enrolled agent"));
      AgentAsking asking = AgentAsking.verified(message, agent.key());
      if (!agent.agentId().equals(asking.agentId())) {
        throw new TrustException("it must name agent " + agent.agentId());
      }
      if (!asking.isFor(purpose)) {
        throw new TrustException("it is for something else; a newer agent asks rightly");
      }
      Duration off = Duration.between(asking.at(), clock.instant()).abs();
      return new Asker(agent, off.compareTo(CLOCK_LIMIT) <= 0);
    } catch (TrustException e) {
      throw new RefusedException(
          RefusedException.Why.NOT_ALLOWED, "the agent's token is not valid: " + e.getMessage());
    }
  }
}
