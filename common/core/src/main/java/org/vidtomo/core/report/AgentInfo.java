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
    String addressFamily) {
  public AgentInfo {
    requireNonNull(id, "id");
    requireNonNull(software, "software");
    requireNonNull(addressFamily, "addressFamily");
  }
}
