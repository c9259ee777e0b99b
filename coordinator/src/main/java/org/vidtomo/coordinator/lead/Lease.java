package org.vidtomo.coordinator.lead;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.vidtomo.storage.Leader;
import org.vidtomo.storage.LeaderStore;
import org.vidtomo.storage.StoreException;

/**
 * The lead, as one coordinator sees it. Nobody's clock is compared with another's: the leader may
 * act for {@link #HOLDS} from when it <em>asked</em> for its last renewal; another takes over when
 * it has <em>seen</em> no new renewal for {@link #SILENCE}, which is longer and begins later.
 * {@link #step} is confined to one thread; the rest is thread-safe.
 */
final class Lease {
  static final Duration HOLDS = Duration.ofSeconds(10);
  static final Duration SILENCE = Duration.ofSeconds(16);

  private final LeaderStore store;
  private final String owner;
  private final Predicate<String> isGone;
  private final LongSupplier ticker;
  private Optional<Leader> mine = Optional.empty();
  private boolean uncertain;
  private Optional<Leader> seen = Optional.empty();
  private long seenSinceNanos;
  private volatile Held held = Held.NOT;
  private volatile String leads = "";

  private record Held(long term, long untilNanos) {
    private static final Held NOT = new Held(0, 0);
  }

  /**
   * A lease that is not held.
   *
   * @param owner no other coordinator has this name, now or later
   * @param isGone whether an owner is known to be gone: its lead is taken over at once
   * @param ticker monotonic, in nanoseconds
   */
  Lease(LeaderStore store, String owner, Predicate<String> isGone, LongSupplier ticker) {
    this.store = store;
    this.owner = owner;
    this.isGone = isGone;
    this.ticker = ticker;
  }

  /**
   * Renews the lead, or tries to get it.
   *
   * @throws StoreException when the store does not answer; the lead is neither renewed nor lost
   */
  void step() {
    if (mine.isPresent()) {
      renew(mine.get());
    } else {
      tryToGet();
    }
  }

  /** Whether this coordinator may act as the leader now. */
  boolean held() {
    Held now = held;
    return now.term() > 0 && now.untilNanos() - ticker.getAsLong() > 0;
  }

  /**
   * The term of this coordinator's lead; 0: it has none. It may still have one that it may not act
   * on, while the store does not answer: nobody is known to lead instead.
   */
  long term() {
    return held.term();
  }

  /** Who leads, as last seen; empty: nobody, or not known. */
  String leads() {
    return leads;
  }

  /** Gives the lead back, so that the next need not wait. */
  void release() {
    Optional<Leader> was = mine;
    mine = Optional.empty();
    held = Held.NOT;
    was.ifPresent(now -> store.replace(was, new Leader(now.term(), "", UUID.randomUUID())));
  }

  private void renew(Leader now) {
    long asked = ticker.getAsLong();
    if (uncertain && !stillMine(now.term())) {
      return;
    }
    Leader next = new Leader(now.term(), owner, UUID.randomUUID());
    uncertain = true;
    boolean renewed = store.replace(mine, next);
    uncertain = false;
    if (renewed) {
      hold(next, asked);
    } else {
      lost(store.find());
    }
  }

  /** After a renewal of which the store did not say how it went. */
  private boolean stillMine(long term) {
    Optional<Leader> found = store.find();
    if (found.filter(l -> l.owner().equals(owner) && l.term() == term).isPresent()) {
      mine = found;
      return true;
    }
    lost(found);
    return false;
  }

  private void lost(Optional<Leader> found) {
    mine = Optional.empty();
    held = Held.NOT;
    uncertain = false;
    see(found);
  }

  private void tryToGet() {
    long asked = ticker.getAsLong();
    Optional<Leader> found = store.find();
    see(found);
    if (found.isPresent() && found.get().owner().equals(owner)) {
      // An earlier try that was answered too late.
      mine = found;
      renew(found.get());
    } else if (found.isEmpty() || mayFollow(found.get())) {
      Leader next = new Leader(found.map(Leader::term).orElse(0L) + 1, owner, UUID.randomUUID());
      if (store.replace(found, next)) {
        hold(next, asked);
      }
    }
  }

  private boolean mayFollow(Leader other) {
    return other.owner().isEmpty()
        || isGone.test(other.owner())
        || ticker.getAsLong() - seenSinceNanos >= SILENCE.toNanos();
  }

  private void see(Optional<Leader> found) {
    if (!found.equals(seen)) {
      seen = found;
      seenSinceNanos = ticker.getAsLong();
    }
    leads = found.map(Leader::owner).orElse("");
  }

  private void hold(Leader now, long askedNanos) {
    mine = Optional.of(now);
    held = new Held(now.term(), askedNanos + HOLDS.toNanos());
    leads = owner;
  }
}
