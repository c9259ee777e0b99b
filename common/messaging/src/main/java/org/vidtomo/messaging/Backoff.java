package org.vidtomo.messaging;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Growing pauses between attempts, jittered so that a fleet does not come back in step. After a
 * long quiet time it starts again from the shortest. Not thread-safe.
 */
final class Backoff {
  private static final long SHORTEST_NANOS = Duration.ofMillis(250).toNanos();

  private final long longestNanos;
  private long pauseNanos = SHORTEST_NANOS;
  private long lastNanos;
  private boolean used;

  Backoff(Duration longest) {
    this.longestNanos = Math.max(SHORTEST_NANOS, longest.toNanos());
  }

  /** The pause before the next attempt, between half and the whole of the current step. */
  Duration next(long nowNanos) {
    long quietNanos = 4 * longestNanos;
    if (!used || nowNanos - lastNanos > quietNanos) {
      pauseNanos = SHORTEST_NANOS;
    }
    used = true;
    lastNanos = nowNanos;
    long step = Math.min(pauseNanos, longestNanos);
    pauseNanos = Math.min(longestNanos, pauseNanos * 2);
    return Duration.ofNanos(step / 2 + ThreadLocalRandom.current().nextLong(step / 2 + 1));
  }

  /** Starts again from the shortest pause. */
  void reset() {
    used = false;
  }
}
