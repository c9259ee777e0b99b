package org.vidtomo.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Invites. */
public interface InviteStore {
  /** Stores an invite, until a day after it is out of date. */
  void insert(Invite invite, Instant now);

  /**
   * Uses an invite once.
   *
   * @return the invite as it was before; empty when there is none, it is used up or out of date
   */
  Optional<Invite> redeem(String tokenHash, Instant now);

  /** All that are stored, also those used up or out of date, in no order. */
  List<Invite> list();

  /**
   * Takes an invite back: nobody enrols with it any more.
   *
   * @return whether there was one
   */
  boolean revoke(String tokenHash);
}
