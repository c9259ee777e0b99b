package org.vidtomo.coordinator.assign;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.vidtomo.core.network.ProviderSource;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.trust.VerifyingKey;

/**
 * An agent as enrolled.
 *
 * @param provider what its owner or its invite said at enrolment
 * @param providerBy which of the two; absent where nobody noted it
 */
public record EnrolledAgent(
    String agentId,
    VerifyingKey key,
    String queue,
    Optional<String> provider,
    Optional<ProviderSource> providerBy) {
  public EnrolledAgent {
    requireNonNull(agentId, "agentId");
    requireNonNull(key, "key");
    requireNonNull(queue, "queue");
    requireNonNull(provider, "provider");
    requireNonNull(providerBy, "providerBy");
  }

  /** One of which nobody noted who named its ISP. */
  public EnrolledAgent(String agentId, VerifyingKey key, String queue, Optional<String> provider) {
    this(agentId, key, queue, provider, Optional.empty());
  }

  /**
   * A stored one.
   *
   * @throws TrustException when its key is damaged
   */
  public static EnrolledAgent of(org.vidtomo.storage.EnrolledAgent stored) throws TrustException {
    return new EnrolledAgent(
        stored.id(),
        VerifyingKey.decode(stored.publicKey()),
        stored.queue(),
        stored.provider(),
        stored.providerBy());
  }
}
