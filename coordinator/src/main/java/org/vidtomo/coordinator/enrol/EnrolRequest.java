package org.vidtomo.coordinator.enrol;

import java.util.Optional;

/**
 * What an agent sends to take part.
 *
 * @param invite the token that its owner was given
 * @param publicKey {@link org.vidtomo.core.trust.VerifyingKey#encoded()}
 * @param provider the ISP, when the owner says it; an invite for a provider stands above it
 * @param software name and version
 * @param proof {@link org.vidtomo.core.trust.EnrolProof} as a token: that the key is the sender's
 */
public record EnrolRequest(
    Optional<String> invite,
    Optional<String> publicKey,
    Optional<String> provider,
    Optional<String> software,
    Optional<String> proof) {}
