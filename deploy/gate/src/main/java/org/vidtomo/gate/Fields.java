package org.vidtomo.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Reads the fields of a frame's payload, one after the other, and never beyond its end. */
final class Fields {
  private final byte[] bytes;
  private final int end;
  private int at;

  Fields(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  int int8() throws RefusedException {
    need(1);
    return bytes[at++] & 0xFF;
  }

  int int16() throws RefusedException {
    return int8() << 8 | int8();
  }

  int int32() throws RefusedException {
    return int16() << 16 | int16();
  }

  long int64() throws RefusedException {
    return (long) int32() << 32 | int32() & 0xFFFF_FFFFL;
  }

  String shortString() throws RefusedException {
    return text(int8());
  }

  /** A long string: what begins with its size in four bytes. */
  byte[] sized(int most) throws RefusedException {
    int size = size(most);
    at += size;
    return Arrays.copyOfRange(bytes, at - size, at);
  }

  /**
   * A table of texts and whole numbers alone. The broker hands tables on as they are; over a type
   * that the consumer's client does not know, that client ends its connection, each time that the
   * message comes again.
   */
  void plainTable(int most) throws RefusedException {
    int tableEnd = size(most) + at;
    while (at < tableEnd) {
      shortString();
      int type = int8();
      switch (type) {
        case 'S':
          sized(most);
          break;
        case 'I':
          int32();
          break;
        default:
          throw RefusedException.malformed("a table with a value of type " + type);
      }
    }
    if (at != tableEnd) {
      throw RefusedException.malformed("a table that ends in the middle of a value");
    }
  }

  /** Checks that nothing is left. */
  void end() throws RefusedException {
    if (at != end) {
      throw RefusedException.malformed("%d bytes too many".formatted(end - at));
    }
  }

  private int size(int most) throws RefusedException {
    int size = int32();
    if (size < 0 || size > most) {
      throw RefusedException.malformed(
          "a field of %d bytes, over the %d allowed".formatted(size & 0xFFFF_FFFFL, most));
    }
    need(size);
    return size;
  }

  private String text(int size) throws RefusedException {
    need(size);
    at += size;
    return new String(bytes, at - size, size, UTF_8);
  }

  private void need(int more) throws RefusedException {
    if (more > end - at) {
      throw RefusedException.malformed("a frame that ends in the middle of a field");
    }
  }
}
