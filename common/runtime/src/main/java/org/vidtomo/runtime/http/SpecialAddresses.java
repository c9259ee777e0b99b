package org.vidtomo.runtime.http;

import static org.vidtomo.runtime.http.AddressBlock.never;
import static org.vidtomo.runtime.http.AddressBlock.test;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The addresses that are not somebody's public server: the IANA special-purpose registries for IPv4
 * and IPv6 (RFC 6890 and its updates), multicast, and what is not IPv6 global unicast.
 *
 * <p>Forms of IPv6 that carry an IPv4 address are judged by that one where a network may have to
 * use them (mapped, NAT64); the tunnels 6to4 and Teredo, which lead to it behind everyone's back,
 * are refused whole: no video comes from there.
 */
public final class SpecialAddresses {
  private static final List<AddressBlock> IPV4 =
      List.of(
          never("0.0.0.0/8", "this network (RFC 791)"),
          test("10.0.0.0/8", "private use (RFC 1918)"),
          test("100.64.0.0/10", "shared by carriers (RFC 6598)"),
          test("127.0.0.0/8", "loopback (RFC 1122)"),
          never("169.254.0.0/16", "link-local (RFC 3927)"),
          test("172.16.0.0/12", "private use (RFC 1918)"),
          never("192.0.0.0/24", "protocol assignments (RFC 6890)"),
          test("192.0.2.0/24", "documentation (RFC 5737)"),
          never("192.31.196.0/24", "AS112 (RFC 7535)"),
          never("192.52.193.0/24", "multicast tunnels (RFC 7450)"),
          never("192.88.99.0/24", "6to4 relays (RFC 7526)"),
          test("192.168.0.0/16", "private use (RFC 1918)"),
          never("192.175.48.0/24", "AS112 (RFC 7534)"),
          test("198.18.0.0/15", "benchmarking (RFC 2544)"),
          test("198.51.100.0/24", "documentation (RFC 5737)"),
          test("203.0.113.0/24", "documentation (RFC 5737)"),
          never("224.0.0.0/4", "multicast (RFC 5771)"),
          never("240.0.0.0/4", "reserved, with the broadcast address (RFC 1112, RFC 919)"));

  private static final List<AddressBlock> IPV6 =
      List.of(
          test("::1/128", "loopback (RFC 4291)"),
          never("::/96", "unspecified and IPv4-compatible (RFC 4291)"),
          never("64:ff9b:1::/48", "local translation (RFC 8215)"),
          never("100::/64", "discarded (RFC 6666)"),
          never("100:0:0:1::/64", "dummy prefix (RFC 9780)"),
          never("2001::/32", "Teredo (RFC 4380)"),
          never("2001::/23", "protocol assignments (RFC 2928)"),
          test("2001:db8::/32", "documentation (RFC 3849)"),
          never("2002::/16", "6to4 (RFC 3056)"),
          never("2620:4f:8000::/48", "AS112 (RFC 7534)"),
          test("3fff::/20", "documentation (RFC 9637)"),
          never("5f00::/16", "segment routing (RFC 9602)"),
          test("fc00::/7", "unique local (RFC 4193)"),
          never("fe80::/10", "link-local (RFC 4291)"),
          never("fec0::/10", "site-local (RFC 3879)"),
          never("ff00::/8", "multicast (RFC 4291)"));

  private static final AddressBlock GLOBAL_UNICAST = never("2000::/3", "global unicast");
  private static final AddressBlock NOT_GLOBAL = never("::/0", "not global unicast (RFC 4291)");
  private static final AddressBlock NAT64 = never("64:ff9b::/96", "translation (RFC 6052)");

  /** Not by {@link AddressBlock#never}: Java reads a mapped literal as an IPv4 address. */
  private static final AddressBlock MAPPED =
      new AddressBlock(
          "::ffff:0:0/96",
          "IPv4-mapped (RFC 4291)",
          false,
          new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff, 0, 0, 0, 0},
          96);

  private SpecialAddresses() {}

  /** The IPv4 address that is meant by a mapped or NAT64 form; any other address as it is. */
  public static byte[] meant(byte[] address) {
    return MAPPED.contains(address) || NAT64.contains(address)
        ? Arrays.copyOfRange(address, 12, 16)
        : address;
  }

  /** Why an address is special; empty for a public server's. */
  public static Optional<AddressBlock> find(byte[] address) {
    byte[] meant = meant(address);
    Optional<AddressBlock> listed =
        (meant.length == 4 ? IPV4 : IPV6).stream().filter(b -> b.contains(meant)).findFirst();
    if (listed.isEmpty() && meant.length == 16 && !GLOBAL_UNICAST.contains(meant)) {
      return Optional.of(NOT_GLOBAL);
    }
    return listed;
  }
}
