package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * An agent that may report.
 *
 * @param publicKey encoded as {@link org.vidtomo.core.trust.VerifyingKey#encoded()}
 * @param queue of its assignments
 * @param provider what the invite or its owner said
 */
public record EnrolledAgent(
    String id,
    String keyId,
    String publicKey,
    String queue,
    Optional<String> provider,
    Instant enrolledAt,
    Optional<Instant> revokedAt) {
  public EnrolledAgent {
    requireNonNull(id, "id");
    requireNonNull(keyId, "keyId");
    requireNonNull(publicKey, "publicKey");
    requireNonNull(queue, "queue");
    requireNonNull(provider, "provider");
    requireNonNull(enrolledAt, "enrolledAt");
    requireNonNull(revokedAt, "revokedAt");
  }
}
