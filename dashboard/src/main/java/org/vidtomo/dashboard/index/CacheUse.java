package org.vidtomo.dashboard.index;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A host that served media, and to whom.
 *
 * @param asn that announces the address that most was downloaded from
 * @param site the place that its name gives
 * @param failed of the measurements
 * @param providers in the order of their names
 */
public record CacheUse(
    String host,
    OptionalLong asn,
    Optional<String> asName,
    Optional<String> site,
    int measurements,
    int failed,
    int agents,
    List<String> providers) {
  public CacheUse {
    providers = List.copyOf(providers);
  }
}
