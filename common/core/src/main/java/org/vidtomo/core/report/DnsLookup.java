package org.vidtomo.core.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * One host at one resolver.
 *
 * @param resolver {@code system} or the resolver's address
 * @param cnames the chain, in its order
 */
public record DnsLookup(
    String host,
    String resolver,
    List<DnsAddress> addresses,
    List<String> cnames,
    long elapsedMicros,
    Optional<Failure> failure)
    implements Observation {
  public DnsLookup {
    requireNonNull(host, "host");
    requireNonNull(resolver, "resolver");
    addresses = List.copyOf(addresses);
    cnames = List.copyOf(cnames);
  }
}
