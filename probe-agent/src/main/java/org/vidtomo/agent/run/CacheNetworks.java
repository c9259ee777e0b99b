package org.vidtomo.agent.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.network.AddressNetworks;
import org.vidtomo.core.network.Literals;
import org.vidtomo.core.network.Network;
import org.vidtomo.core.report.Cache;

/** After the measuring: which networks the caches are in. */
final class CacheNetworks {
  /** For all caches of a measurement; what is known by then is reported. */
  static final Duration LIMIT = Duration.ofSeconds(2);

  private CacheNetworks() {}

  /** The caches with the AS of the address that was connected to, which is a cache's first. */
  static List<Cache> of(List<Cache> caches, AddressNetworks networks, Deadline deadline) {
    Deadline limit = deadline.within(LIMIT);
    return caches.stream().map(cache -> of(cache, networks, limit)).toList();
  }

  private static Cache of(Cache cache, AddressNetworks networks, Deadline limit) {
    Optional<Network> network =
        cache.addresses().stream()
            .findFirst()
            .flatMap(Literals::parse)
            .flatMap(address -> networks.find(address, limit));
    return network
        .map(
            n ->
                new Cache(
                    cache.host(),
                    cache.addresses(),
                    OptionalLong.of(n.asn()),
                    cache.site(),
                    cache.last()))
        .orElse(cache);
  }
}
