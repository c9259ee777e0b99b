package org.vidtomo.agent.download.segmented;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A session's time: 0 is when its first request was sent. Used by one thread at a time: the caller,
 * and the network thread while the caller waits for it.
 */
final class SessionClock {
  private final LongSupplier ticker;
  private final long limitMicros;
  private volatile OptionalLong zeroNanos = OptionalLong.empty();

  /**
   * A clock that has not begun.
   *
   * @param ticker nanoseconds
   * @param limit of the session
   */
  SessionClock(LongSupplier ticker, Duration limit) {
    this.ticker = ticker;
    this.limitMicros = limit.toNanos() / 1000;
  }

  /** A request was sent so long ago; the first one begins the session. Returns when it was sent. */
  long sent(long elapsedMicros) {
    long nanos = ticker.getAsLong() - elapsedMicros * 1000;
    if (zeroNanos.isEmpty()) {
      zeroNanos = OptionalLong.of(nanos);
    }
    return (nanos - zeroNanos.getAsLong()) / 1000;
  }

  long now() {
    return zeroNanos.isEmpty() ? 0 : (ticker.getAsLong() - zeroNanos.getAsLong()) / 1000;
  }

  long leftMicros() {
    return Math.max(0, limitMicros - now());
  }

  long limitMicros() {
    return limitMicros;
  }

  boolean over() {
    return leftMicros() == 0;
  }

  /** Waits, at most until the session's end; returns at once when the thread is interrupted. */
  void pause(long micros) {
    long until = ticker.getAsLong() + Math.min(micros, leftMicros()) * 1000;
    long left = until - ticker.getAsLong();
    while (left > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, left);
      left = until - ticker.getAsLong();
    }
  }
}
