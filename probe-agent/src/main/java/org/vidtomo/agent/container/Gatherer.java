package org.vidtomo.agent.container;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Puts bytes together that come in parts: passes over what is not wanted, then takes so many. What
 * it holds grows with what came, never with what was promised.
 */
final class Gatherer {
  private byte[] bytes = new byte[64];
  private int have;
  private int wanted;
  private long skip;
  private long position;

  /** From now on, passes over so many bytes, then wants so many. */
  void expect(long skipBytes, int wantedBytes) {
    skip = skipBytes;
    wanted = wantedBytes;
    have = 0;
  }

  /** Wants further bytes behind those it has. */
  void expectMore(int moreBytes) {
    wanted += moreBytes;
  }

  /**
   * Takes what it can use.
   *
   * @return what was wanted is there
   */
  boolean take(ByteBuffer in) {
    int over = (int) Math.min(skip, in.remaining());
    in.position(in.position() + over);
    skip -= over;
    int part = skip > 0 ? 0 : Math.min(wanted - have, in.remaining());
    if (have + part > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(wanted, 2 * (have + part)));
    }
    in.get(bytes, have, part);
    have += part;
    position += over + part;
    return skip == 0 && have == wanted;
  }

  /** Bytes taken and passed over since the first. */
  long position() {
    return position;
  }

  /** What was wanted. */
  ByteBuffer bytes() {
    return ByteBuffer.wrap(bytes, 0, have);
  }
}
