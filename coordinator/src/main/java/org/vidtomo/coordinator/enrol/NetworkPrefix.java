package org.vidtomo.coordinator.enrol;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** The part of an address that says which network it is of, and not whose. */
public final class NetworkPrefix {
  private static final int V4_BITS = 24;
  private static final int V6_BITS = 48;

  private NetworkPrefix() {}

  /** The /24 of an IPv4 address, the /48 of an IPv6 address: {@code 192.0.2.0/24}. */
  public static String of(InetAddress address) {
    byte[] bytes = address.getAddress();
    int bits = address instanceof Inet4Address ? V4_BITS : V6_BITS;
    Arrays.fill(bytes, bits / 8, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes).getHostAddress() + "/" + bits;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address keeps its length", e);
    }
  }
}
