package org.vidtomo.storage;

import java.math.BigInteger;

/** Divides a table by its partitions' tokens, as Murmur3Partitioner spreads them. */
final class TokenRanges {
  /** Tokens go over all of a long, but for its least value. */
  private static final BigInteger TOKENS = BigInteger.ONE.shiftLeft(Long.SIZE);

  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);

  private TokenRanges() {}

  /**
   * The last token of a range; of the one before the first, the least of all.
   *
   * @param range -1 to ranges - 1
   */
  static long lastToken(int range, int ranges) {
    if (range < -1 || range >= ranges) {
      throw new IllegalArgumentException("range must be 0 to " + (ranges - 1) + ", is " + range);
    }
    BigInteger upTo =
        TOKENS.multiply(BigInteger.valueOf(range + 1L)).divide(BigInteger.valueOf(ranges));
    return LEAST.add(upTo).min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
  }
}
