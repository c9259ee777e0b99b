package org.vidtomo.core.report;

import static java.util.Objects.requireNonNull;

/** An address from a DNS answer and how long it may be kept. */
public record DnsAddress(String address, long ttlSeconds) {
  public DnsAddress {
    requireNonNull(address, "address");
  }
}
