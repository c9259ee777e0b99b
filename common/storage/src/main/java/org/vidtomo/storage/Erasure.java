package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * An agent's wish that all of its be deleted, and how far that has come.
 *
 * @param passes over all reports that are done
 * @param nextRange of the pass that is under way
 * @param reports deleted so far
 * @param doneAt nothing is left of it
 */
public record Erasure(
    String agentId,
    Instant requestedAt,
    int passes,
    int nextRange,
    long reports,
    Optional<Instant> doneAt) {
  public Erasure {
    requireNonNull(agentId, "agentId");
    requireNonNull(requestedAt, "requestedAt");
    requireNonNull(doneAt, "doneAt");
  }

  /** As it begins. */
  public static Erasure of(String agentId, Instant requestedAt) {
    return new Erasure(agentId, requestedAt, 0, 0, 0, Optional.empty());
  }

  /** With a range more done. */
  public Erasure after(long deleted) {
    boolean last = nextRange + 1 == ErasureStore.RANGES;
    return new Erasure(
        agentId,
        requestedAt,
        last ? passes + 1 : passes,
        last ? 0 : nextRange + 1,
        reports + deleted,
        doneAt);
  }

  /** At its end. */
  public Erasure doneAt(Instant at) {
    return new Erasure(agentId, requestedAt, passes, nextRange, reports, Optional.of(at));
  }
}
