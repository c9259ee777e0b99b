package org.vidtomo.coordinator.assign;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps the starts of an agent at a service under a campaign's limit: one at a time, evenly spaced.
 * Not thread-safe.
 */
public final class StartPacer {
  private record Key(String agentId, String service) {}

  private final Map<Key, Instant> lastStarts = new HashMap<>();

  /** Whether a start now keeps to the limit. */
  public boolean allows(String agentId, String service, int startsPerMinute, Instant now) {
    Instant last = lastStarts.get(new Key(agentId, service));
    return last == null || !now.isBefore(last.plus(interval(startsPerMinute)));
  }

  /** Notes a start. */
  public void started(String agentId, String service, Instant now) {
    lastStarts.put(new Key(agentId, service), now);
  }

  /** Forgets starts that no limit looks back to. */
  public void forgetBefore(Instant time) {
    lastStarts.values().removeIf(start -> start.isBefore(time));
  }

  private static Duration interval(int startsPerMinute) {
    return Duration.ofMillis(Duration.ofMinutes(1).toMillis() / startsPerMinute);
  }
}
