package org.vidtomo.aggregator.derive;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.vidtomo.core.network.Network;
import org.vidtomo.core.network.Networks;
import org.vidtomo.core.report.Cache;
import org.vidtomo.core.report.DnsAddress;
import org.vidtomo.core.report.DnsLookup;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.PacketType;
import org.vidtomo.core.report.Ping;
import org.vidtomo.core.report.Report;
import org.vidtomo.storage.ResolverAnswer;

/** What a report says of the server of the media, and the installation's table of its network. */
record CacheFacts(
    Optional<String> host,
    OptionalLong asn,
    Optional<String> asName,
    Optional<String> site,
    OptionalLong rttMicros,
    OptionalLong resolveMicros,
    List<ResolverAnswer> resolvers) {
  private static final String SYSTEM_RESOLVER = "system";

  /** Campaigns compare fewer; what an agent makes up is bounded. */
  private static final int MOST_RESOLVERS = 16;

  /** Agents ping half as many. */
  private static final int MOST_ADDRESSES = 16;

  static CacheFacts of(Report report, Networks networks) {
    Optional<String> host = host(report);
    Optional<Cache> cache =
        host.flatMap(
            h -> report.caches().stream().filter(c -> c.host().equalsIgnoreCase(h)).findFirst());
    Optional<Network> network = addresses(report).findFirst().flatMap(networks::find);
    return new CacheFacts(
        AgentsWord.name(host),
        network
            .map(n -> OptionalLong.of(n.asn()))
            .or(() -> cache.map(c -> AgentsWord.asn(c.asn())))
            .orElse(OptionalLong.empty()),
        network.flatMap(Network::name),
        AgentsWord.name(cache.flatMap(Cache::site)),
        addresses(report)
            .map(address -> roundTrip(report, address))
            .filter(OptionalLong::isPresent)
            .findFirst()
            .orElse(OptionalLong.empty()),
        host.map(h -> resolveTime(report, h)).orElse(OptionalLong.empty()),
        host.map(h -> answers(report, h, networks)).orElse(List.of()));
  }

  private static Optional<String> host(Report report) {
    return report
        .download()
        .flatMap(d -> host(d.url()))
        .or(() -> report.caches().stream().filter(Cache::last).map(Cache::host).findFirst());
  }

  private static Optional<String> host(String url) {
    try {
      return Optional.ofNullable(URI.create(url).getHost());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The address that was downloaded from, then the last cache's. */
  private static Stream<String> addresses(Report report) {
    return Stream.concat(
            report.download().map(Download::address).stream(),
            report.caches().stream().filter(Cache::last).flatMap(c -> c.addresses().stream()))
        .limit(MOST_ADDRESSES);
  }

  private static OptionalLong roundTrip(Report report, String address) {
    return report.pings().stream()
        .filter(p -> p.packetType() == PacketType.TCP_SYN)
        .filter(p -> p.address().equals(address))
        .map(CacheFacts::least)
        .filter(OptionalLong::isPresent)
        .findFirst()
        .orElse(OptionalLong.empty());
  }

  /** Of the delays themselves, where the agent gives any that can be. */
  private static OptionalLong least(Ping ping) {
    OptionalLong said = AgentsWord.count(ping.minMicros());
    OptionalLong seen = ping.delaysMicros().stream().mapToLong(Long::longValue).min();
    return said.isPresent() && seen.isPresent() ? AgentsWord.count(seen) : said;
  }

  /** What an agent says of the least delay to the cache and its delays deny. */
  static Optional<String> contradiction(Report report) {
    return report.pings().stream()
        .limit(MOST_ADDRESSES)
        .filter(p -> AgentsWord.count(p.minMicros()).isPresent() && least(p).isPresent())
        .filter(p -> Agreement.differ(p.minMicros().getAsLong(), least(p).getAsLong()))
        .map(p -> "rtt said=%d seen=%d".formatted(p.minMicros().getAsLong(), least(p).getAsLong()))
        .findFirst();
  }

  private static OptionalLong resolveTime(Report report, String host) {
    return lookups(report, host)
        .filter(d -> d.resolver().equals(SYSTEM_RESOLVER))
        .filter(d -> d.failure().isEmpty())
        .mapToLong(DnsLookup::elapsedMicros)
        .filter(micros -> micros >= 0)
        .findFirst();
  }

  private static Stream<DnsLookup> lookups(Report report, String host) {
    return report.dns().stream().filter(d -> d.host().equalsIgnoreCase(host));
  }

  private static List<ResolverAnswer> answers(Report report, String host, Networks networks) {
    return lookups(report, host)
        .limit(MOST_RESOLVERS)
        .map(lookup -> answer(report, lookup, networks))
        .toList();
  }

  private static ResolverAnswer answer(Report report, DnsLookup lookup, Networks networks) {
    Optional<String> address = firstAddress(report, lookup);
    return new ResolverAnswer(
        AgentsWord.name(lookup.resolver()),
        AgentsWord.name(address),
        address
            .flatMap(networks::find)
            .map(n -> OptionalLong.of(n.asn()))
            .orElse(OptionalLong.empty()),
        lookup.failure().isEmpty()
            ? AgentsWord.count(OptionalLong.of(lookup.elapsedMicros()))
            : OptionalLong.empty(),
        address.map(a -> roundTrip(report, a)).orElse(OptionalLong.empty()),
        lookup.failure().map(Failure::kind));
  }

  /** Of the family that the media came over, if there is one: delays compare within a family. */
  private static Optional<String> firstAddress(Report report, DnsLookup lookup) {
    boolean six = report.agent().addressFamily().equals("ipv6");
    List<String> addresses = lookup.addresses().stream().map(DnsAddress::address).toList();
    return addresses.stream()
        .filter(address -> address.contains(":") == six)
        .findFirst()
        .or(() -> addresses.stream().findFirst());
  }
}
