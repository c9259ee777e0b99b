package org.vidtomo.agent.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A moment on the monotonic clock that something must not go beyond.
 *
 * @param ticker nanoseconds, as {@link System#nanoTime()}
 */
public record Deadline(LongSupplier ticker, long atNanos) {
  /** So long from now. */
  public static Deadline after(LongSupplier ticker, Duration duration) {
    return new Deadline(ticker, ticker.getAsLong() + duration.toNanos());
  }

  /** What is left, never negative. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, atNanos - ticker.getAsLong()));
  }

  /** Nothing is left. */
  public boolean over() {
    return atNanos - ticker.getAsLong() <= 0;
  }

  /** This one, or so long from now if that is sooner. */
  public Deadline within(Duration duration) {
    Deadline other = after(ticker, duration);
    return other.atNanos - atNanos < 0 ? other : this;
  }
}
