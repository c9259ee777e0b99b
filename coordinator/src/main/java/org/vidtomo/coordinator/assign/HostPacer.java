package org.vidtomo.coordinator.assign;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps the starts of the whole fleet at a host under a limit: evenly spaced over time, though some
 * may come together, since nobody is told of a moment that has just passed. Not thread-safe.
 */
public final class HostPacer {
  /** A second's starts may come at once. */
  private static final Duration TOGETHER = Duration.ofSeconds(1);

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Duration interval;
  private final Map<String, Instant> nextByHost = new HashMap<>();

  /** At most so many starts a minute at any host. */
  public HostPacer(int startsPerMinute) {
    this.interval = MINUTE.dividedBy(startsPerMinute);
  }

  /** Whether a start now keeps to the limit. */
  public boolean allows(String host, Instant now) {
    Instant next = nextByHost.get(host);
    return next == null || !next.isAfter(now.plus(slack()));
  }

  /** Notes a start. */
  public void started(String host, Instant now) {
    nextByHost.merge(
        host,
        now.plus(interval),
        (next, fresh) -> next.isBefore(now) ? fresh : next.plus(interval));
  }

  /** Forgets hosts at which a start is due. */
  public void forgetBefore(Instant time) {
    nextByHost.values().removeIf(next -> next.isBefore(time));
  }

  private Duration slack() {
    Duration less = TOGETHER.minus(interval);
    return less.isNegative() ? Duration.ZERO : less;
  }
}
