package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A right to enrol.
 *
 * @param tokenHash SHA-256 of the token in hex; the token itself is not stored
 */
public record Invite(String tokenHash, int usesLeft, Instant expiresAt, Optional<String> provider) {
  public Invite {
    requireNonNull(tokenHash, "tokenHash");
    requireNonNull(expiresAt, "expiresAt");
    requireNonNull(provider, "provider");
  }
}
