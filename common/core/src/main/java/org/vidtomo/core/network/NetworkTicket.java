package org.vidtomo.core.network;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The coordinator's word for the network that an agent's request came from, signed with its key.
 * What it does not know, or what the installation does not keep, is absent.
 *
 * @param provider the ISP: what the coordinator knows from enrolment, else the AS's name
 * @param prefix /24 or /48; the address itself is not in the ticket
 * @param notAfter six hours after {@code at}
 * @param providerBy who named the provider; absent in older tickets
 */
public record NetworkTicket(
    String agentId,
    Optional<String> provider,
    OptionalLong asn,
    Optional<String> asName,
    Optional<String> prefix,
    Instant at,
    Instant notAfter,
    Optional<ProviderSource> providerBy) {
  /** A measurement may begin so long before its ticket came. */
  public static final Duration MARGIN = Duration.ofMinutes(10);

  public NetworkTicket {
    requireNonNull(agentId, "agentId");
    requireNonNull(provider, "provider");
    requireNonNull(asn, "asn");
    requireNonNull(asName, "asName");
    requireNonNull(prefix, "prefix");
    requireNonNull(at, "at");
    requireNonNull(notAfter, "notAfter");
    requireNonNull(providerBy, "providerBy");
  }

  /** One that does not say who named the provider. */
  public NetworkTicket(
      String agentId,
      Optional<String> provider,
      OptionalLong asn,
      Optional<String> asName,
      Optional<String> prefix,
      Instant at,
      Instant notAfter) {
    this(agentId, provider, asn, asName, prefix, at, notAfter, Optional.empty());
  }

  /** The same word without the prefix. */
  public NetworkTicket withoutPrefix() {
    return new NetworkTicket(
        agentId, provider, asn, asName, Optional.empty(), at, notAfter, providerBy);
  }

  /** Whether it speaks of that agent at some time from then to then, by {@link #MARGIN}. */
  public boolean holds(String agent, Instant from, Instant until) {
    return agentId.equals(agent)
        && !until.isBefore(at.minus(MARGIN))
        && !from.isAfter(notAfter.plus(MARGIN));
  }
}
