package org.vidtomo.agent.policy;

import static java.util.Objects.requireNonNull;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.runtime.http.AddressBlock;

/**
 * What stands around this machine, whatever its addresses look like: the machine itself, its
 * neighbours on the same links, and what lies behind the public addresses that servers see it come
 * from, where routers have their pages and forward ports to. Interfaces are looked up again when
 * older than ten seconds. Thread-safe.
 */
final class LocalNetwork implements Supplier<List<AddressBlock>> {
  private static final Logger LOG = LoggerFactory.getLogger(LocalNetwork.class);
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** RFC 4291 §2.5.1: links have prefixes of 64 bits; one given by DHCPv6 is told as 128. */
  private static final int LINK_BITS = 64;

  /** Homes get prefixes of 48 to 64 bits; what others share is not known. */
  private static final int HOME_BITS = 64;

  private final Supplier<Set<String>> publicAddresses;
  private Optional<List<AddressBlock>> links = Optional.empty();
  private long readAt;

  /**
   * Reads nothing yet.
   *
   * @param publicAddresses as the coordinator sees them
   */
  LocalNetwork(Supplier<Set<String>> publicAddresses) {
    this.publicAddresses = requireNonNull(publicAddresses, "publicAddresses");
  }

  /**
   * What is around now.
   *
   * @throws IllegalStateException when that cannot be told
   */
  @Override
  public List<AddressBlock> get() {
    return Stream.concat(links().stream(), publicAddresses.get().stream().map(LocalNetwork::home))
        .toList();
  }

  private synchronized List<AddressBlock> links() {
    if (links.isEmpty() || System.nanoTime() - readAt > FRESH_NANOS) {
      try {
        links = Optional.of(lookUp());
        readAt = System.nanoTime();
      } catch (SocketException e) {
        LOG.warn("cannot list this machine's addresses, going by those known before", e);
      }
    }
    return links.orElseThrow(
        () -> new IllegalStateException("this machine's addresses cannot be listed"));
  }

  private static List<AddressBlock> lookUp() throws SocketException {
    List<AddressBlock> found = new ArrayList<>();
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      for (InterfaceAddress address : each.getInterfaceAddresses()) {
        found.add(own(address.getAddress()));
        found.add(link(address.getAddress(), address.getNetworkPrefixLength()));
      }
    }
    return found;
  }

  private static AddressBlock own(InetAddress address) {
    return AddressBlock.around(
        address, address.getAddress().length * 8, "this machine's own address", true);
  }

  /** Neighbours on a link. */
  static AddressBlock link(InetAddress address, int prefixLength) {
    int most = address.getAddress().length * 8;
    // 0 is what Java says where the system does not tell.
    int told = prefixLength <= 0 || prefixLength > most ? most : prefixLength;
    int bits = address instanceof Inet4Address ? told : Math.min(told, LINK_BITS);
    return AddressBlock.around(address, bits, "a neighbour of this machine", true);
  }

  private static AddressBlock home(String address) {
    try {
      // A literal: no look-up takes place.
      InetAddress seen = InetAddress.getByName(address);
      int bits = seen instanceof Inet4Address ? 32 : HOME_BITS;
      return AddressBlock.around(seen, bits, "this line's own address", true);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("the coordinator's word for our address is none", e);
    }
  }
}
