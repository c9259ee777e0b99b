package org.vidtomo.coordinator.enrol;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Leave to enrol agents.
 *
 * @param id by which it is taken back
 * @param token to be handed to the volunteer; only its hash is kept
 * @param uses how many agents may enrol with it
 * @param provider their ISP, whatever they say
 */
public record Invite(
    String id, String token, int uses, Instant expiresAt, Optional<String> provider) {
  public Invite {
    requireNonNull(id, "id");
    requireNonNull(token, "token");
    requireNonNull(expiresAt, "expiresAt");
    requireNonNull(provider, "provider");
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "Invite[uses=" + uses + ", expiresAt=" + expiresAt + ", provider=" + provider + "]";
  }
}
