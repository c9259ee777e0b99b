package org.vidtomo.coordinator.flood;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.vidtomo.storage.FlagKind;
import org.vidtomo.storage.StandingStore;
import org.vidtomo.storage.Strike;

/**
 * Agents of which aggregators refused more than an honest one can send: slower than what the broker
 * counts as a flood, and all in vain. Not thread-safe.
 */
final class RefusedReports {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(15);
  private static final Duration RECENT = Duration.ofDays(1);

  private final StandingStore store;
  private final Clock clock;
  private Instant lookedAt = Instant.MIN;

  RefusedReports(StandingStore store, Clock clock) {
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * Who they are, with what was refused; empty between two looks.
   *
   * @throws org.vidtomo.storage.StoreException when the store cannot be asked now
   */
  Map<String, String> found() {
    Instant now = clock.instant();
    Map<String, String> found = new TreeMap<>();
    if (lookedAt.equals(Instant.MIN) || !now.isBefore(lookedAt.plus(LOOK_EVERY))) {
      lookedAt = now;
      for (Strike strike : store.strikes()) {
        if (strike.kind() == FlagKind.REFUSED_REPORTS && strike.at().isAfter(now.minus(RECENT))) {
          found.put(strike.agentId(), strike.evidence());
        }
      }
    }
    return found;
  }
}
