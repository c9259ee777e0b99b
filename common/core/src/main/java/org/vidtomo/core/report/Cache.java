package org.vidtomo.core.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A server that took part in delivering the media.
 *
 * @param site the place that its name gives, where names follow a known scheme
 * @param last true for the one that served the media
 */
public record Cache(
    String host, List<String> addresses, OptionalLong asn, Optional<String> site, boolean last) {
  public Cache {
    requireNonNull(host, "host");
    addresses = List.copyOf(addresses);
  }
}
