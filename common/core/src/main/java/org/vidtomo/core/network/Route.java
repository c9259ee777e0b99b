package org.vidtomo.core.network;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;

/**
 * A prefix and who announces it. An address is its first bits from the left; the rest is 0.
 *
 * @param high the first 64 bits; of IPv4 its 32, then 0
 * @param low the other 64
 * @param length 1 to 32, or to 128
 * @param origins at least one
 */
record Route(boolean ipv4, long high, long low, int length, List<Long> origins) {
  private static final int MAX_ORIGINS = 64;

  /** By their first address; of those that begin together the longer one is last. */
  static final Comparator<Route> IN_ORDER =
      Comparator.<Route>comparingLong(route -> route.high() ^ Long.MIN_VALUE)
          .thenComparingLong(route -> route.low() ^ Long.MIN_VALUE)
          .thenComparingInt(Route::length);

  Route {
    origins = List.copyOf(origins);
    if (length < 1 || length > (ipv4 ? 32 : 128)) {
      throw new IllegalArgumentException("length of a prefix: " + length);
    }
    if (origins.isEmpty() || origins.size() > MAX_ORIGINS) {
      throw new IllegalArgumentException(
          "a prefix has 1 to %d origins, not %d".formatted(MAX_ORIGINS, origins.size()));
    }
    high &= length < 64 ? -1L << (64 - length) : -1L;
    low &= length <= 64 ? 0 : length == 128 ? -1L : -1L << (128 - length);
  }

  static Route of(InetAddress address, int length, List<Long> origins) {
    boolean ipv4 = address instanceof Inet4Address;
    return new Route(ipv4, high(address), ipv4 ? 0 : low(address), length, origins);
  }

  static long high(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return bytes.capacity() == 4 ? (long) bytes.getInt() << 32 : bytes.getLong();
  }

  static long low(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4 ? 0 : ByteBuffer.wrap(bytes).getLong(8);
  }

  /** Whether this one's addresses are among the other's. */
  boolean within(Route other) {
    long highMask = other.length < 64 ? -1L << (64 - other.length) : -1L;
    long lowMask = other.length <= 64 ? 0 : other.length == 128 ? -1L : -1L << (128 - other.length);
    return length >= other.length
        && (high & highMask) == other.high
        && (low & lowMask) == other.low;
  }

  /** The high half of the first address after it. */
  long nextHigh() {
    if (length <= 64) {
      return high + (1L << (64 - length));
    }
    return nextLow() == 0 ? high + 1 : high;
  }

  /** The low half of that; both are 0 when nothing comes after it. */
  long nextLow() {
    return length <= 64 ? 0 : low + (1L << (128 - length));
  }

  /** Whether it is the same prefix. */
  boolean samePrefix(Route other) {
    return high == other.high && low == other.low && length == other.length;
  }
}
