package org.vidtomo.core.trust;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.time.Instant;
import java.util.Optional;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.core.wire.WireName;

/**
 * What an agent signs when it asks its coordinator something.
 *
 * @param at the agent's clock
 * @param purpose absent from agents of versions that asked for nothing but {@link Purpose#WHOAMI}
 */
public record AgentAsking(String agentId, Instant at, Optional<Purpose> purpose) {

  /** What is asked: who sees a token for one cannot ask for another with it. */
  public enum Purpose implements WireName {
    WHOAMI,
    CREDENTIALS,
    ERASE,
    /** One that this version does not know. */
    @JsonEnumDefaultValue
    UNKNOWN
  }

  public AgentAsking {
    requireNonNull(agentId, "agentId");
    requireNonNull(at, "at");
    requireNonNull(purpose, "purpose");
  }

  /** Of an agent of this version. */
  public AgentAsking(String agentId, Instant at, Purpose purpose) {
    this(agentId, at, Optional.of(purpose));
  }

  /** The value that {@code Authorization: Agent} has, signed with the agent's key. */
  public String token(SigningKey key) {
    return SignedMessage.sign(Wire.toBytes(this), key).toToken();
  }

  /**
   * Reads a token.
   *
   * @throws TrustException when it is not signed with this key, or says nothing of the kind
   */
  public static AgentAsking verified(SignedMessage token, VerifyingKey key) throws TrustException {
    try {
      return Wire.read(token.verify(key), AgentAsking.class);
    } catch (WireException e) {
      throw new TrustException("it does not say which agent asks, and when: " + e.getMessage(), e);
    }
  }

  /** Whether it may stand for this. */
  public boolean isFor(Purpose asked) {
    return purpose.orElse(Purpose.WHOAMI) == asked;
  }
}
