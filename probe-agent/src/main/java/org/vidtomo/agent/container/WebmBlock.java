package org.vidtomo.agent.container;

import java.nio.ByteBuffer;

/**
 * The front of a block (RFC 9559 §10). Laced samples come together, so their own sizes are of no
 * use.
 *
 * @param ticks since its cluster
 * @param samples 1, or more when they are laced
 */
record WebmBlock(long track, int ticks, int samples) {
  /** The longest track number, the time, the flags, the samples' number. */
  static final int BYTES = 8 + 2 + 1 + 1;

  private static final int LACING = 0x06;

  /** A block from its first bytes; of one cut short, track 0, which there is none of. */
  static WebmBlock read(ByteBuffer bytes) {
    int first = bytes.get(0) & 0xff;
    int numberBytes = Integer.numberOfLeadingZeros(first) - 23;
    if (numberBytes > 8 || bytes.remaining() < numberBytes + 3) {
      return new WebmBlock(0, 0, 1);
    }
    long track = 0;
    for (int i = 0; i < numberBytes; i++) {
      track = track << 8 | bytes.get() & 0xff;
    }
    track &= (1L << 7 * numberBytes) - 1;
    int ticks = bytes.getShort();
    boolean laced = (bytes.get() & LACING) != 0;
    return new WebmBlock(
        track, ticks, laced && bytes.hasRemaining() ? 1 + (bytes.get() & 0xff) : 1);
  }
}
