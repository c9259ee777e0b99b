package org.vidtomo.core.network;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

/**
 * A table as bytes, laid out so that reading is copying: {@code VIDTNET1}, the length of a head, a
 * head in JSON, the arrays, and CRC-32 of all that. Numbers are big-endian.
 */
public final class NetworkTableFormat {
  private static final long MAGIC = 0x5649_4454_4e45_5431L;
  private static final int MAX_HEAD = 10_000;
  private static final int CHECK_BYTES = Integer.BYTES;

  private NetworkTableFormat() {}

  /**
   * What stands before the arrays.
   *
   * @param ipv4 number of ranges
   * @param ipv6Wide whether ranges of IPv6 begin within a /64
   * @param nameBytes length of the text of all names
   */
  private record Head(
      NetworkTable.About about,
      int ipv4,
      int ipv6,
      boolean ipv6Wide,
      int origins,
      int originNumbers,
      int names,
      int nameBytes) {
    private static final int RANGE = Long.BYTES + 1 + Integer.BYTES;

    Head {
      int[] counts = {ipv4, ipv6, origins, originNumbers, names, nameBytes};
      if (Arrays.stream(counts).anyMatch(count -> count < 0)) {
        throw new IllegalArgumentException("a count is negative");
      }
    }

    long bytes() {
      return (long) ipv4 * RANGE
          + (long) ipv6 * (ipv6Wide ? RANGE + Long.BYTES : RANGE)
          + (long) (origins + names) * Integer.BYTES
          + ((long) originNumbers + names) * Long.BYTES
          + nameBytes;
    }
  }

  /** The table's bytes. */
  public static byte[] write(NetworkTable table) {
    Head head =
        new Head(
            table.about(),
            table.ipv4().size(),
            table.ipv6().size(),
            table.ipv6().low().length > 0,
            table.origins().size(),
            table.origins().numbers().length,
            table.names().size(),
            table.names().text().length);
    byte[] json = Wire.toBytes(head);
    int size = Math.toIntExact(Long.BYTES + Integer.BYTES + json.length + head.bytes());
    ByteBuffer out = ByteBuffer.allocate(size + CHECK_BYTES);
    out.putLong(MAGIC).putInt(json.length).put(json);
    put(out, table.ipv4());
    put(out, table.ipv6());
    put(out, table.origins().ends());
    put(out, table.origins().numbers());
    put(out, table.names().numbers());
    put(out, table.names().ends());
    out.put(table.names().text());
    return out.putInt(check(out.array(), size)).array();
  }

  /**
   * Reads a table.
   *
   * @throws NetworkTableException when it is none, is of a later version, or is damaged
   */
  public static NetworkTable read(byte[] bytes) throws NetworkTableException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      Head head = head(in);
      if (in.remaining() != head.bytes() + CHECK_BYTES) {
        throw new NetworkTableException("is cut off, or longer than it says");
      }
      if (in.getInt(bytes.length - CHECK_BYTES) != check(bytes, bytes.length - CHECK_BYTES)) {
        throw new NetworkTableException("is damaged: its check sum is another");
      }
      return table(head, in);
    } catch (BufferUnderflowException e) {
      throw new NetworkTableException("is cut off", e);
    }
  }

  private static Head head(ByteBuffer in) throws NetworkTableException {
    if (in.remaining() < Long.BYTES || in.getLong() != MAGIC) {
      throw new NetworkTableException(
          "is no table of networks: make one with \"vidtomo networks convert\"");
    }
    int length = in.getInt();
    if (length < 2 || length > Math.min(MAX_HEAD, in.remaining())) {
      throw new NetworkTableException("has no head");
    }
    byte[] json = new byte[length];
    in.get(json);
    try {
      Head head = Wire.read(json, Head.class);
      if (head.about() == null) {
        throw new NetworkTableException("has a head without a description");
      }
      return head;
    } catch (WireException e) {
      throw new NetworkTableException("has a head that cannot be read: " + e.getMessage(), e);
    }
  }

  private static NetworkTable table(Head head, ByteBuffer in) throws NetworkTableException {
    RangeTable ipv4 = ranges(in, head.ipv4(), false);
    RangeTable ipv6 = ranges(in, head.ipv6(), head.ipv6Wide());
    Origins origins = new Origins(ints(in, head.origins()), longs(in, head.originNumbers()));
    long[] numbers = longs(in, head.names());
    int[] ends = ints(in, head.names());
    AsNames names = new AsNames(numbers, ends, some(in, head.nameBytes()));
    boolean sound =
        origins.isSound()
            && names.isSound()
            && ipv4.isSound(origins.size(), NetworkTable.V4_LONGEST)
            && ipv6.isSound(origins.size(), NetworkTable.V6_LONGEST);
    if (!sound) {
      throw new NetworkTableException("contradicts itself");
    }
    return new NetworkTable(head.about(), ipv4, ipv6, origins, names);
  }

  private static RangeTable ranges(ByteBuffer in, int count, boolean wide) {
    return new RangeTable(
        longs(in, count), wide ? longs(in, count) : new long[0], some(in, count), ints(in, count));
  }

  private static long[] longs(ByteBuffer in, int count) {
    long[] values = new long[count];
    in.asLongBuffer().get(values);
    in.position(in.position() + count * Long.BYTES);
    return values;
  }

  private static int[] ints(ByteBuffer in, int count) {
    int[] values = new int[count];
    in.asIntBuffer().get(values);
    in.position(in.position() + count * Integer.BYTES);
    return values;
  }

  private static byte[] some(ByteBuffer in, int count) {
    byte[] values = new byte[count];
    in.get(values);
    return values;
  }

  private static void put(ByteBuffer out, RangeTable ranges) {
    put(out, ranges.high());
    put(out, ranges.low());
    out.put(ranges.length());
    put(out, ranges.origin());
  }

  private static void put(ByteBuffer out, long[] values) {
    out.asLongBuffer().put(values);
    out.position(out.position() + values.length * Long.BYTES);
  }

  private static void put(ByteBuffer out, int[] values) {
    out.asIntBuffer().put(values);
    out.position(out.position() + values.length * Integer.BYTES);
  }

  private static int check(byte[] bytes, int length) {
    CRC32 check = new CRC32();
    check.update(bytes, 0, length);
    return (int) check.getValue();
  }
}
