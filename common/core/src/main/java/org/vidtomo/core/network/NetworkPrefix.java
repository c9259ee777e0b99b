package org.vidtomo.core.network;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses that begin with the same bits. */
public final class NetworkPrefix {
  /** Of IPv4: what says which network an address is of, and not whose. */
  public static final int V4_BITS = 24;

  /** The same of IPv6. */
  public static final int V6_BITS = 48;

  private NetworkPrefix() {}

  /** The /24 of an IPv4 address, the /48 of an IPv6 address: {@code 192.0.2.0/24}. */
  public static String of(InetAddress address) {
    return of(address, address instanceof Inet4Address ? V4_BITS : V6_BITS);
  }

  /** The prefix of so many bits, 0 to 32 or to 128. */
  public static String of(InetAddress address, int bits) {
    return first(address, bits).getHostAddress() + "/" + bits;
  }

  /** The first address of the /24 or /48. */
  public static InetAddress first(InetAddress address) {
    return first(address, address instanceof Inet4Address ? V4_BITS : V6_BITS);
  }

  private static InetAddress first(InetAddress address, int bits) {
    byte[] bytes = address.getAddress();
    for (int bit = bits; bit < 8 * bytes.length; bit++) {
      bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address keeps its length", e);
    }
  }
}
