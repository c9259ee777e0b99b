package org.vidtomo.coordinator.assign;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells a heartbeat from one that somebody recorded and sends again: each must be later than the
 * one before, by the agent's clock. A clock that was set back is believed once nothing was heard
 * for as long as makes an agent count as gone. Thread-safe.
 */
final class HeartbeatOrder {
  private final Duration silence;
  private final Clock clock;
  private final Map<String, Heard> last = new ConcurrentHashMap<>();

  /**
   * The latest of an agent.
   *
   * @param at by the agent's clock
   * @param heardAt by ours
   */
  private record Heard(Instant at, Instant heardAt) {}

  HeartbeatOrder(Duration silence, Clock clock) {
    this.silence = requireNonNull(silence, "silence");
    this.clock = requireNonNull(clock, "clock");
  }

  /** Whether a verified heartbeat is a new one; from then on it is the latest. */
  boolean isNew(String agentId, Instant at) {
    Instant now = clock.instant();
    Heard mine = new Heard(at, now);
    return last.merge(
            agentId,
            mine,
            (before, heard) ->
                heard.at().isAfter(before.at())
                        || Duration.between(before.heardAt(), now).compareTo(silence) > 0
                    ? heard
                    : before)
        == mine;
  }
}
