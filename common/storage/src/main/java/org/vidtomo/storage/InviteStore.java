package org.vidtomo.storage;

import java.time.Instant;
import java.util.Optional;

/** Invites. */
public interface InviteStore {
  void insert(Invite invite);

  /**
   * Uses an invite once.
   *
   * @return the invite as it was before; empty when there is none, it is used up or out of date
   */
  Optional<Invite> redeem(String tokenHash, Instant now);
}
