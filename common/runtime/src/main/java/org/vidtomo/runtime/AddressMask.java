package org.vidtomo.runtime;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.vidtomo.core.network.AddressWords;
import org.vidtomo.core.network.NetworkPrefix;

/**
 * Takes the last part of public addresses out of texts that people read: what is left is the /24 of
 * IPv4, the /48 of IPv6. Addresses that mean the same everywhere stay: loopback, private and
 * link-local ones.
 */
public final class AddressMask {
  private static final int CARRIERS_FIRST = 100;
  private static final int UNIQUE_LOCAL = 0xfc;

  /** As resolvers ask for the name of an IPv6 address (RFC 3596 §2.5): its last digits first. */
  private static final Pattern BACKWARDS =
      Pattern.compile("(?i)(?:[0-9a-f]\\.){1,20}((?:[0-9a-f]\\.){12}ip6\\.arpa)");

  private AddressMask() {}

  /** The text without a full public address. */
  public static String mask(String text) {
    return BACKWARDS.matcher(AddressWords.replace(text, AddressMask::masked)).replaceAll("$1");
  }

  private static Optional<String> masked(InetAddress address, OptionalInt bits) {
    if (isOfNoOne(address) || isPrefix(address, bits)) {
      return Optional.empty();
    }
    return Optional.of(NetworkPrefix.of(address));
  }

  /** Whether it is a network that is named already, and not one line in it. */
  private static boolean isPrefix(InetAddress address, OptionalInt bits) {
    int most = address instanceof Inet6Address ? NetworkPrefix.V6_BITS : NetworkPrefix.V4_BITS;
    return bits.isPresent()
        && bits.getAsInt() <= most
        && NetworkPrefix.first(address).equals(address);
  }

  private static boolean isOfNoOne(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isSiteLocalAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || (bytes.length == 16 && (bytes[0] & 0xfe) == UNIQUE_LOCAL)
        || (bytes.length == 4 && bytes[0] == CARRIERS_FIRST && (bytes[1] & 0xc0) == 0x40);
  }
}
