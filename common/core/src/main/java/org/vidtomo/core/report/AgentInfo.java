package org.vidtomo.core.report;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who measured, and from where.
 *
 * @param id the agent's id
 * @param software name and version
 * @param provider the ISP
 * @param publicIp never present under {@code -x}
 * @param utcOffset such as {@code +02:00}
 * @param clockOffsetMicros agent's clock minus the coordinator's
 * @param addressFamily {@code ipv4} or {@code ipv6}
 * @param ticket the coordinator's signed word for the network: a {@link
 *     org.vidtomo.core.network.NetworkTicket} as a token
 */
public record AgentInfo(
    String id,
    String software,
    Optional<String> provider,
    Optional<String> publicIp,
    Optional<String> prefix,
    OptionalLong asn,
    Optional<String> asName,
    Optional<String> country,
    Optional<String> utcOffset,
    Optional<Access> access,
    OptionalLong clockOffsetMicros,
    String addressFamily,
    Optional<String> ticket) {
  public AgentInfo {
    requireNonNull(id, "id");
    requireNonNull(software, "software");
    requireNonNull(addressFamily, "addressFamily");
  }

  /** An agent without a ticket. */
  public AgentInfo(
      String id,
      String software,
      Optional<String> provider,
      Optional<String> publicIp,
      Optional<String> prefix,
      OptionalLong asn,
      Optional<String> asName,
      Optional<String> country,
      Optional<String> utcOffset,
      Optional<Access> access,
      OptionalLong clockOffsetMicros,
      String addressFamily) {
    this(
        id,
        software,
        provider,
        publicIp,
        prefix,
        asn,
        asName,
        country,
        utcOffset,
        access,
        clockOffsetMicros,
        addressFamily,
        Optional.empty());
  }

  /** The same agent with a ticket. */
  public AgentInfo withTicket(Optional<String> signed) {
    return new AgentInfo(
        id,
        software,
        provider,
        publicIp,
        prefix,
        asn,
        asName,
        country,
        utcOffset,
        access,
        clockOffsetMicros,
        addressFamily,
        signed);
  }
}
