package org.vidtomo.agent.run;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.vidtomo.agent.http.Endpoint;
import org.vidtomo.agent.ping.PingTarget;
import org.vidtomo.agent.redirect.Trace;
import org.vidtomo.core.network.Literals;
import org.vidtomo.core.report.Cache;
import org.vidtomo.core.report.DnsAddress;
import org.vidtomo.core.report.DnsLookup;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.Sites;

/** What one step makes of the records of those before. Pure. */
final class StepResults {
  private static final int MAX_CACHE_ADDRESSES = 32;

  private StepResults() {}

  /** Names that were resolved on the way, each once; literals and localhost have no resolver. */
  static List<String> hosts(Trace trace) {
    return trace.hosts().stream()
        .filter(host -> Literals.parse(host).isEmpty() && !host.endsWith("localhost"))
        .distinct()
        .toList();
  }

  /**
   * Answers without what is of the owner's own network: a resolver at home may put it into them,
   * and reports are public.
   */
  static List<DnsLookup> tellable(List<DnsLookup> dns, TaskRunner.Policy policy) {
    return dns.stream().map(lookup -> tellable(lookup, policy)).toList();
  }

  private static DnsLookup tellable(DnsLookup lookup, TaskRunner.Policy policy) {
    List<DnsAddress> addresses =
        lookup.addresses().stream()
            .filter(a -> Literals.parse(a.address()).filter(policy::allows).isPresent())
            .toList();
    Optional<Failure> failure =
        addresses.isEmpty() && !lookup.addresses().isEmpty()
            ? Optional.of(
                new Failure(
                    FailureKind.PRIVATE_ADDRESS, "resolve", "the answer has no public address"))
            : lookup.failure();
    return new DnsLookup(
        lookup.host(),
        lookup.resolver(),
        addresses,
        lookup.cnames().stream().filter(policy::allows).toList(),
        lookup.elapsedMicros(),
        failure);
  }

  /**
   * Servers on the way, each once, the last one last: with the addresses that were connected to,
   * then those that any resolver gave.
   */
  static List<Cache> caches(Trace trace, List<DnsLookup> dns) {
    Map<String, Set<String>> addresses = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    for (Trace.Server server : trace.servers()) {
      Set<String> before = addresses.remove(server.host());
      Set<String> own = before == null ? new LinkedHashSet<>() : before;
      own.add(Endpoint.text(server.address().getAddress()));
      addresses.put(server.host(), own);
      names.put(server.host(), server.named());
    }
    for (DnsLookup lookup : dns) {
      Set<String> known = addresses.get(lookup.host());
      if (known != null) {
        lookup.addresses().stream().map(DnsAddress::address).forEach(known::add);
      }
    }
    String last = trace.last().map(Trace.Last::host).orElse("");
    List<Cache> caches = new ArrayList<>();
    addresses.forEach(
        (host, all) ->
            caches.add(
                new Cache(
                    host,
                    all.stream().limit(MAX_CACHE_ADDRESSES).toList(),
                    OptionalLong.empty(),
                    Sites.cacheSite(names.get(host)),
                    host.equals(last))));
    return caches;
  }

  /**
   * What to ping, the most telling first: the address that serves, the others that were connected
   * to, then the last host's other addresses, then the rest.
   */
  static List<PingTarget> pingTargets(Trace trace, List<Cache> caches) {
    Map<InetAddress, PingTarget> targets = new LinkedHashMap<>();
    List<Trace.Server> connected = new ArrayList<>(trace.servers());
    java.util.Collections.reverse(connected);
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (Trace.Server server : connected) {
      InetAddress address = server.address().getAddress();
      ports.putIfAbsent(server.host(), server.address().getPort());
      targets.putIfAbsent(
          address, new PingTarget(address, server.host(), server.address().getPort()));
    }
    for (int i = caches.size() - 1; i >= 0; i--) {
      Cache cache = caches.get(i);
      int port = ports.getOrDefault(cache.host(), 80);
      cache.addresses().stream()
          .flatMap(text -> Literals.parse(text).stream())
          .forEach(a -> targets.putIfAbsent(a, new PingTarget(a, cache.host(), port)));
    }
    return List.copyOf(targets.values());
  }
}
