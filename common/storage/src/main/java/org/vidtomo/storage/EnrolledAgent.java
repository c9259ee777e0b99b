package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.vidtomo.core.network.ProviderSource;

/**
 * An agent that may report.
 *
 * @param publicKey encoded as {@link org.vidtomo.core.trust.VerifyingKey#encoded()}
 * @param queue of its assignments
 * @param provider what the invite or its owner said
 * @param providerBy who said it; absent of agents that enrolled before this was noted
 */
public record EnrolledAgent(
    String id,
    String keyId,
    String publicKey,
    String queue,
    Optional<String> provider,
    Instant enrolledAt,
    Optional<Instant> revokedAt,
    Optional<ProviderSource> providerBy) {
  public EnrolledAgent {
    requireNonNull(id, "id");
    requireNonNull(keyId, "keyId");
    requireNonNull(publicKey, "publicKey");
    requireNonNull(queue, "queue");
    requireNonNull(provider, "provider");
    requireNonNull(enrolledAt, "enrolledAt");
    requireNonNull(revokedAt, "revokedAt");
    requireNonNull(providerBy, "providerBy");
  }

  /** One of which nobody noted who named its ISP. */
  public EnrolledAgent(
      String id,
      String keyId,
      String publicKey,
      String queue,
      Optional<String> provider,
      Instant enrolledAt,
      Optional<Instant> revokedAt) {
    this(id, keyId, publicKey, queue, provider, enrolledAt, revokedAt, Optional.empty());
  }
}
