package org.vidtomo.coordinator.enrol;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.request.InvalidRequestException;
import org.vidtomo.coordinator.request.InvalidRequestException.Fault;
import org.vidtomo.coordinator.request.RefusedException;
import org.vidtomo.coordinator.request.RefusedException.Why;
import org.vidtomo.core.trust.InviteToken;
import org.vidtomo.runtime.files.Tokens;
import org.vidtomo.storage.InviteStore;

/** Leave to enrol agents: given, listed, taken back, used. Thread-safe. */
public final class Invites {
  private static final Logger LOG = LoggerFactory.getLogger(Invites.class);
  private static final int MAX_USES = 10_000;
  private static final Duration MAX_VALIDITY = Duration.ofDays(365);

  private final InviteStore store;
  private final Optional<String> authority;
  private final Clock clock;

  /**
   * Those of this store.
   *
   * @param authority fingerprint of the authority that agents must trust; empty: a public one
   */
  public Invites(InviteStore store, Optional<String> authority, Clock clock) {
    this.store = requireNonNull(store, "store");
    this.authority = requireNonNull(authority, "authority");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * Makes an invite.
   *
   * @param uses 1 to 10,000
   * @param validFor at most 365 days
   * @param provider the ISP of those who use it, whatever they say
   */
  public Invite create(int uses, Duration validFor, Optional<String> provider)
      throws InvalidRequestException {
    List<Fault> faults = new ArrayList<>();
    if (uses < 1 || uses > MAX_USES) {
      faults.add(new Fault("uses", "must be 1 to " + MAX_USES + ", is " + uses));
    }
    if (validFor.toSeconds() < 1 || validFor.compareTo(MAX_VALIDITY) > 0) {
      faults.add(new Fault("expires", "must be 1s to 365d, is " + validFor));
    }
    provider.ifPresent(name -> EnrolChecks.provider(name, faults));
    if (!faults.isEmpty()) {
      throw new InvalidRequestException(faults);
    }
    InviteToken token = new InviteToken(Tokens.newToken(), authority);
    Instant now = clock.instant();
    Instant expiresAt = now.plus(validFor).truncatedTo(ChronoUnit.MILLIS);
    Invite invite =
        new Invite(EnrolChecks.hash(token.secret()), token.text(), uses, expiresAt, provider);
    store.insert(
        new org.vidtomo.storage.Invite(invite.id(), uses, invite.expiresAt(), invite.provider()),
        now);
    LOG.info("An invite is made: uses={} expiresAt={}", uses, invite.expiresAt());
    return invite;
  }

  /** Those that agents may still enrol with, the first to end first. */
  public List<OpenInvite> open() {
    Instant now = clock.instant();
    return store.list().stream()
        .filter(invite -> invite.usesLeft() > 0 && now.isBefore(invite.expiresAt()))
        .sorted(Comparator.comparing(org.vidtomo.storage.Invite::expiresAt))
        .map(OpenInvite::of)
        .toList();
  }

  /**
   * Takes an invite back. Agents that have enrolled with it stay.
   *
   * @throws RefusedException when there is no such invite
   */
  public void revoke(String id) throws RefusedException {
    if (!store.revoke(id)) {
      throw new RefusedException(Why.NOT_FOUND, "no invite " + id);
    }
    LOG.info("An invite is taken back: invite={}", id.substring(0, Math.min(8, id.length())));
  }

  /**
   * Uses an invite once.
   *
   * @throws RefusedException when it cannot be used, or not any more
   */
  org.vidtomo.storage.Invite redeem(String token) throws RefusedException {
    return store
        .redeem(EnrolChecks.hash(InviteToken.parse(token).secret()), clock.instant())
        .orElseThrow(
            () ->
                new RefusedException(
                    Why.NOT_INVITED,
                    "the invite is unknown, used up or out of date; ask for another"));
  }
}
