package org.vidtomo.coordinator.enrol;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * An invite that agents may still enrol with, without its token, which nobody has but those it was
 * given to.
 *
 * @param id by which it is taken back
 * @param usesLeft how many agents may still enrol with it
 * @param provider their ISP, whatever they say
 */
public record OpenInvite(String id, int usesLeft, Instant expiresAt, Optional<String> provider) {
  public OpenInvite {
    requireNonNull(id, "id");
    requireNonNull(expiresAt, "expiresAt");
    requireNonNull(provider, "provider");
  }

  static OpenInvite of(org.vidtomo.storage.Invite stored) {
    return new OpenInvite(
        stored.tokenHash(), stored.usesLeft(), stored.expiresAt(), stored.provider());
  }
}
