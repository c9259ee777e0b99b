package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * From where an agent last asked.
 *
 * @param address a keyed hash; likewise {@code prefix}: the same for the same, and no more
 * @param since when it was first seen, wherever that was
 * @param reportedAt when it last measured something, to a day; {@link #GONE} of those that were
 *     revoked
 */
public record AgentOrigin(
    String agentId, String address, String prefix, Instant since, Optional<Instant> reportedAt) {
  /** Longer ago than any report. */
  public static final Instant GONE = Instant.EPOCH;

  public AgentOrigin {
    requireNonNull(agentId, "agentId");
    requireNonNull(address, "address");
    requireNonNull(prefix, "prefix");
    requireNonNull(since, "since");
    requireNonNull(reportedAt, "reportedAt");
  }
}
