package org.vidtomo.aggregator.ingest;

import java.time.Duration;

/**
 * How often a report is tried that cannot be stored.
 *
 * @param firstPause after the first try; doubled after each further one
 * @param longestPause between two tries
 * @param mostPassed so often others are stored while it is not, counted once in the longest pause;
 *     then it is what the store will not take, and poison
 */
record Patience(Duration firstPause, Duration longestPause, int mostPassed) {
  /** The store may take some reports and not others for a while: nodes are away, disks are slow. */
  static final Patience DEFAULT = new Patience(Duration.ofMillis(500), Duration.ofSeconds(5), 24);

  Patience {
    if (firstPause.isNegative() || longestPause.compareTo(firstPause) < 0 || mostPassed < 1) {
      throw new IllegalArgumentException(
          "pauses must not be negative or fall, and mostPassed must be >= 1: %s, %s, %d"
              .formatted(firstPause, longestPause, mostPassed));
    }
  }

  /** After so many tries, from 1. */
  Duration pauseAfter(int tries) {
    Duration pause = firstPause.multipliedBy(1L << Math.min(20, tries - 1));
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
