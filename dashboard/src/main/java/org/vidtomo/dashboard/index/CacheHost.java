package org.vidtomo.dashboard.index;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.storage.Measurement;

/** A host that served media, with what is known of the address that it was downloaded from. */
record CacheHost(String host, OptionalLong asn, Optional<String> asName, Optional<String> site) {
  CacheHost {
    requireNonNull(host, "host");
  }

  static Optional<CacheHost> of(Measurement m) {
    return m.cacheHost()
        .map(host -> new CacheHost(host, m.cacheAsn(), m.cacheAsName(), m.cacheSite()));
  }
}
