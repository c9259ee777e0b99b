package org.vidtomo.agent.container;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Puts a section of a table together from packets (ISO/IEC 13818-1 §2.4.4); checks its sum. */
final class TsSection {
  private static final int HEADER = 3;

  /** §2.4.4.1 and Annex C.3: 1,021 bytes behind the length at most. */
  private static final int MAX_BYTES = 1024;

  /** The shortest that there is: header, five further bytes, checksum. */
  private static final int MIN_BYTES = 12;

  private final byte[] bytes = new byte[MAX_BYTES];
  private int have;
  private boolean gathering;

  /** A section that is whole now and as it was sent; the first of several in a packet. */
  Optional<ByteBuffer> accept(ByteBuffer payload, boolean begins) {
    ByteBuffer in = payload;
    if (begins) {
      int pointer = in.hasRemaining() ? in.get() & 0xff : 0;
      if (pointer >= in.remaining()) {
        gathering = false;
        return Optional.empty();
      }
      if (gathering) {
        Optional<ByteBuffer> before = gather(in.slice(in.position(), pointer));
        if (before.isPresent()) {
          return before;
        }
      }
      in.position(in.position() + pointer);
      gathering = true;
      have = 0;
    }
    return gathering ? gather(in) : Optional.empty();
  }

  private Optional<ByteBuffer> gather(ByteBuffer in) {
    int part = Math.min(in.remaining(), MAX_BYTES - have);
    in.get(bytes, have, part);
    have += part;
    if (have < HEADER) {
      return Optional.empty();
    }
    int length = HEADER + ((bytes[1] & 0xf) << 8 | bytes[2] & 0xff);
    if (have < length && length <= MAX_BYTES) {
      return Optional.empty();
    }
    gathering = false;
    boolean sound = length >= MIN_BYTES && length <= MAX_BYTES && crc32(bytes, length) == 0;
    return sound ? Optional.of(ByteBuffer.wrap(bytes, 0, length)) : Optional.empty();
  }

  /** CRC-32/MPEG-2 (Annex A); over a section with its sum it is 0. */
  static int crc32(byte[] bytes, int length) {
    int crc = -1;
    for (int i = 0; i < length; i++) {
      crc ^= bytes[i] << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc << 1 ^ (crc < 0 ? 0x04c11db7 : 0);
      }
    }
    return crc;
  }
}
