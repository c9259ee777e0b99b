package org.vidtomo.core.network;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * The network that an address is of, as the routes of the Internet say.
 *
 * @param origins the autonomous systems that announce the prefix, at least one; several where a
 *     table has several, in its order
 * @param name of the first of them
 * @param country where that one is registered, ISO 3166-1 alpha-2
 * @param prefix the longest that holds the address, such as {@code 192.0.2.0/24}
 */
public record Network(
    List<Long> origins, Optional<String> name, Optional<String> country, String prefix) {
  public Network {
    origins = List.copyOf(origins);
    requireNonNull(name, "name");
    requireNonNull(country, "country");
    requireNonNull(prefix, "prefix");
    if (origins.isEmpty()) {
      throw new IllegalArgumentException("a network has an origin");
    }
  }

  /** The first of its origins: groups need one. */
  public long asn() {
    return origins.get(0);
  }
}
