package org.vidtomo.aggregator.ingest;

import java.time.Duration;

/**
 * How a report has fared so far.
 *
 * @param count this try is the how-manieth, from 1
 * @param passed how often others were stored while it was not
 * @param stored how many others were, when it failed last
 * @param countedNanos when {@code passed} last rose, or the first try failed
 */
record Tries(int count, int passed, long stored, long countedNanos) {
  /** The first one. */
  static final Tries FIRST = new Tries(1, 0, 0, 0);

  /**
   * The next one, after this one failed.
   *
   * @param storedNow how many others are stored by now
   * @param apart {@code passed} rises once in this time at the most
   */
  Tries next(long storedNow, long nowNanos, Duration apart) {
    if (count == 1) {
      return new Tries(2, 0, storedNow, nowNanos);
    }
    return storedNow > stored && nowNanos - countedNanos >= apart.toNanos()
        ? new Tries(count + 1, passed + 1, storedNow, nowNanos)
        : new Tries(count + 1, passed, stored, countedNanos);
  }
}
