package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/**
 * A report that cannot be.
 *
 * @param at when it came
 * @param evidence one line: what it says, and what cannot be about it
 */
public record Strike(String agentId, FlagKind kind, UUID reportId, Instant at, String evidence) {
  public Strike {
    requireNonNull(agentId, "agentId");
    requireNonNull(kind, "kind");
    requireNonNull(reportId, "reportId");
    requireNonNull(at, "at");
    requireNonNull(evidence, "evidence");
  }
}
