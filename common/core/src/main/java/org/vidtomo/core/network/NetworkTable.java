package org.vidtomo.core.network;

import static java.util.Objects.requireNonNull;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * The networks of addresses by longest-prefix match over the prefixes that were announced when the
 * table was made. Immutable.
 */
public final class NetworkTable implements Networks {
  static final int V4_LONGEST = 32;
  static final int V6_LONGEST = 128;

  private final About about;
  private final RangeTable ipv4;
  private final RangeTable ipv6;
  private final Origins origins;
  private final AsNames names;

  /**
   * What a table is.
   *
   * @param source where its prefixes come from
   * @param ipv4Prefixes that were announced, likewise of IPv6
   * @param names systems whose name is known
   */
  public record About(
      String source, Instant convertedAt, int ipv4Prefixes, int ipv6Prefixes, int names) {
    public About {
      requireNonNull(source, "source");
      requireNonNull(convertedAt, "convertedAt");
    }
  }

  NetworkTable(About about, RangeTable ipv4, RangeTable ipv6, Origins origins, AsNames names) {
    this.about = requireNonNull(about, "about");
    this.ipv4 = requireNonNull(ipv4, "ipv4");
    this.ipv6 = requireNonNull(ipv6, "ipv6");
    this.origins = requireNonNull(origins, "origins");
    this.names = requireNonNull(names, "names");
  }

  /** What this table is. */
  public About about() {
    return about;
  }

  @Override
  public Optional<Network> find(InetAddress address) {
    RangeTable table = address instanceof Inet4Address ? ipv4 : ipv6;
    int range = table.find(Route.high(address), Route.low(address));
    if (range < 0) {
      return Optional.empty();
    }
    int origin = table.origin()[range];
    AsNames.Entry entry = names.of(origins.first(origin));
    return Optional.of(
        new Network(
            origins.all(origin),
            entry.name(),
            entry.country(),
            NetworkPrefix.of(address, table.length()[range] & 0xff)));
  }

  RangeTable ipv4() {
    return ipv4;
  }

  RangeTable ipv6() {
    return ipv6;
  }

  Origins origins() {
    return origins;
  }

  AsNames names() {
    return names;
  }
}
