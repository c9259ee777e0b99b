package org.vidtomo.coordinator.assign;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.trust.VerifyingKey;

/**
 * An agent as enrolled.
 *
 * @param provider what its owner or its invite said at enrolment
 */
public record EnrolledAgent(
    String agentId, VerifyingKey key, String queue, Optional<String> provider) {
  public EnrolledAgent {
    requireNonNull(agentId, "agentId");
    requireNonNull(key, "key");
    requireNonNull(queue, "queue");
    requireNonNull(provider, "provider");
  }

  /**
   * A stored one.
   *
   * @throws TrustException when its key is damaged
   */
  public static EnrolledAgent of(org.vidtomo.storage.EnrolledAgent stored) throws TrustException {
    return new EnrolledAgent(
        stored.id(), VerifyingKey.decode(stored.publicKey()), stored.queue(), stored.provider());
  }
}
