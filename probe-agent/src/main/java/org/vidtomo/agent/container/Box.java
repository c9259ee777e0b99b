package org.vidtomo.agent.container;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A box of the ISO base media file format (ISO/IEC 14496-12 §4.2), its payload in memory. Reading
 * beyond its end is an error, never an overflow.
 */
final class Box {
  private static final int MAX_CHILDREN = 100_000;

  private final String type;
  private final ByteBuffer payload;

  Box(String type, ByteBuffer payload) {
    this.type = type;
    this.payload = payload.slice();
  }

  String type() {
    return type;
  }

  int length() {
    return payload.limit();
  }

  /** The boxes inside, from an offset on. */
  List<Box> children(int offset) throws MalformedMediaException {
    List<Box> children = new ArrayList<>();
    int at = offset;
    while (at + 8 <= length()) {
      long size = u32(at);
      int header = 8;
      if (size == 1) {
        size = u64(at + 8);
        header = 16;
      } else if (size == 0) {
        size = length() - at;
      }
      if (size < header || size > length() - at || children.size() >= MAX_CHILDREN) {
        throw new MalformedMediaException("a box in '" + type + "' has a wrong size: " + size);
      }
      ByteBuffer inside = payload.duplicate();
      inside.position(at + header).limit((int) (at + size));
      children.add(new Box(fourCc(at + 4), inside));
      at += (int) size;
    }
    return children;
  }

  /** The first box of a type inside. */
  Optional<Box> child(String wanted) throws MalformedMediaException {
    return children(0).stream().filter(box -> box.type.equals(wanted)).findFirst();
  }

  /** A box some levels down, first ones taken. */
  Optional<Box> find(String... path) throws MalformedMediaException {
    Optional<Box> box = Optional.of(this);
    for (String step : path) {
      if (box.isEmpty()) {
        return box;
      }
      box = box.get().child(step);
    }
    return box;
  }

  int u8(int at) throws MalformedMediaException {
    return payload.get(checked(at, 1)) & 0xff;
  }

  int u16(int at) throws MalformedMediaException {
    return payload.getShort(checked(at, 2)) & 0xffff;
  }

  int s32(int at) throws MalformedMediaException {
    return payload.getInt(checked(at, 4));
  }

  long u32(int at) throws MalformedMediaException {
    return s32(at) & 0xffff_ffffL;
  }

  /** An unsigned 64-bit number; those over 2^63 − 1 are refused, nothing real is as large. */
  long u64(int at) throws MalformedMediaException {
    long value = payload.getLong(checked(at, 8));
    if (value < 0) {
      throw new MalformedMediaException("a number in '" + type + "' is too large");
    }
    return value;
  }

  long s64(int at) throws MalformedMediaException {
    return payload.getLong(checked(at, 8));
  }

  /** A count of entries of a size that must all fit behind it. */
  int count(int at, int entryBytes) throws MalformedMediaException {
    long count = u32(at);
    if (entryBytes > 0 && count > (length() - at - 4L) / entryBytes) {
      throw new MalformedMediaException(
          "'" + type + "' holds fewer than its " + count + " entries");
    }
    return (int) Math.min(count, Integer.MAX_VALUE);
  }

  String fourCc(int at) throws MalformedMediaException {
    checked(at, 4);
    byte[] bytes = new byte[4];
    payload.get(at, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private int checked(int at, int bytes) throws MalformedMediaException {
    if (at < 0 || at > length() - bytes) {
      throw new MalformedMediaException("'" + type + "' ends too early");
    }
    return at;
  }
}
