package org.vidtomo.agent.dns;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.vidtomo.core.report.Failure;

/**
 * What a resolver said of a host.
 *
 * @param records in the answer's order, IPv4 before IPv6
 * @param cnames the chain, in its order
 * @param micros until both record types were answered
 */
public record DnsAnswer(
    List<Record> records, List<String> cnames, long micros, Optional<Failure> failure) {

  /** An address and how long it may be kept. */
  public record Record(InetAddress address, long ttlSeconds) {}

  public DnsAnswer {
    records = List.copyOf(records);
    cnames = List.copyOf(cnames);
  }
}
