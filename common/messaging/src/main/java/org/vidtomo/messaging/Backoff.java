package org.vidtomo.messaging;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Growing pauses between attempts. Each is drawn from nearly the whole of its step, so that a fleet
 * that lost one server at one moment comes back spread over that step ("full jitter", M. Brooker,
 * Exponential Backoff And Jitter, 2015). They begin anew only after a success that held for as long
 * as the longest pause: a server that takes connections and drops them is not hammered. Not
 * thread-safe.
 */
public final class Backoff {
  static final Duration SHORTEST = Duration.ofMillis(250);

  /** The part of a step that is never drawn: without it some would come back at once, in a loop. */
  private static final int FLOOR_OF_STEP = 8;

  private final long shortestNanos;
  private final long longestNanos;
  private final RandomGenerator random;
  private long stepNanos;
  private OptionalLong succeededNanos = OptionalLong.empty();

  /**
   * No attempt yet.
   *
   * @param shortest the most that the first pause may be
   * @param longest the most that any may be; at least the shortest
   */
  public Backoff(Duration shortest, Duration longest) {
    // Not one generator for all: an instance may be used by one thread after the other.
    this(shortest, longest, new ThreadsOwn());
  }

  Backoff(Duration shortest, Duration longest, RandomGenerator random) {
    this.shortestNanos = Math.max(1, shortest.toNanos());
    this.longestNanos = Math.max(shortestNanos, longest.toNanos());
    this.random = random;
    this.stepNanos = shortestNanos;
  }

  /**
   * The pause before the next attempt.
   *
   * @param nowNanos of the monotonic clock
   */
  public Duration next(long nowNanos) {
    if (succeededNanos.isPresent() && nowNanos - succeededNanos.getAsLong() >= longestNanos) {
      stepNanos = shortestNanos;
    }
    succeededNanos = OptionalLong.empty();
    long step = stepNanos;
    stepNanos = Math.min(longestNanos, step * 2);
    long floor = step / FLOOR_OF_STEP;
    return Duration.ofNanos(floor + random.nextLong(step - floor + 1));
  }

  /**
   * An attempt succeeded.
   *
   * @param nowNanos of the monotonic clock
   */
  public void succeeded(long nowNanos) {
    succeededNanos = OptionalLong.of(nowNanos);
  }

  private static final class ThreadsOwn implements RandomGenerator {
    @Override
    public long nextLong() {
      return ThreadLocalRandom.current().nextLong();
    }
  }
}
