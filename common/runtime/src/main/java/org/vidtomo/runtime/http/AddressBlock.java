package org.vidtomo.runtime.http;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Addresses with a common prefix.
 *
 * @param cidr such as {@code 10.0.0.0/8}
 * @param name what they are for
 * @param testSites whether a test site may live there
 */
public record AddressBlock(String cidr, String name, boolean testSites, byte[] prefix, int bits) {
  public AddressBlock {
    requireNonNull(cidr, "cidr");
    requireNonNull(name, "name");
    requireNonNull(prefix, "prefix");
  }

  static AddressBlock never(String cidr, String name) {
    return parse(cidr, name, false);
  }

  static AddressBlock test(String cidr, String name) {
    return parse(cidr, name, true);
  }

  private static AddressBlock parse(String cidr, String name, boolean testSites) {
    int slash = cidr.indexOf('/');
    try {
      // A literal: no look-up takes place.
      byte[] prefix = InetAddress.getByName(cidr.substring(0, slash)).getAddress();
      int bits = Integer.parseInt(cidr.substring(slash + 1));
      return new AddressBlock(cidr, name, testSites, prefix, bits);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(cidr + " is no block of addresses", e);
    }
  }

  /**
   * The addresses that begin with the same bits as one does.
   *
   * @param bits 0 to 32 for IPv4, 0 to 128 for IPv6
   * @param testSites whether a test site may live there
   */
  public static AddressBlock around(InetAddress address, int bits, String name, boolean testSites) {
    byte[] prefix = address.getAddress();
    if (bits < 0 || bits > prefix.length * 8) {
      throw new IllegalArgumentException(bits + " bits of " + address.getHostAddress());
    }
    String literal = address.getHostAddress().replaceFirst("%.*", "");
    return new AddressBlock(literal + "/" + bits, name, testSites, prefix, bits);
  }

  /** Whether an address (4 or 16 bytes) is one of these. */
  public boolean contains(byte[] address) {
    if (address.length != prefix.length) {
      return false;
    }
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) {
      if (address[i] != prefix[i]) {
        return false;
      }
    }
    int rest = bits % 8;
    int mask = 0xff << (8 - rest) & 0xff;
    return rest == 0 || ((address[whole] ^ prefix[whole]) & mask) == 0;
  }
}
