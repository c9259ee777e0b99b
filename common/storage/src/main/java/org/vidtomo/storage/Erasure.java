package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * An agent's wish that all of its be deleted, and how far that has come.
 *
 * @param passes that are done: over all ranges of reports, then over those that may have got more
 *     since
 * @param nextRange of the pass that is under way
 * @param again ranges, the first ones, that the second pass goes over
 * @param reports deleted so far
 * @param doneAt nothing is left of it
 */
public record Erasure(
    String agentId,
    Instant requestedAt,
    int passes,
    int nextRange,
    int again,
    long reports,
    Optional<Instant> doneAt) {
  public Erasure {
    requireNonNull(agentId, "agentId");
    requireNonNull(requestedAt, "requestedAt");
    requireNonNull(doneAt, "doneAt");
  }

  /** As it begins. */
  public static Erasure of(String agentId, Instant requestedAt) {
    return new Erasure(agentId, requestedAt, 0, 0, 0, 0, Optional.empty());
  }

  /** Whether both passes are done. */
  public boolean complete() {
    return passes == 2;
  }

  /**
   * With a range more done.
   *
   * @param mayGetMore whether the agent's reports could still be under way when that began
   */
  public Erasure after(long deleted, boolean mayGetMore) {
    int next = nextRange + 1;
    if (passes > 0) {
      return next < again ? at(passes, next, again, deleted) : at(2, 0, again, deleted);
    }
    int more = mayGetMore ? next : again;
    return next < ErasureStore.RANGES
        ? at(0, next, more, deleted)
        : at(more > 0 ? 1 : 2, 0, more, deleted);
  }

  private Erasure at(int itsPasses, int next, int more, long deleted) {
    return new Erasure(agentId, requestedAt, itsPasses, next, more, reports + deleted, doneAt);
  }

  /** At its end. */
  public Erasure doneAt(Instant at) {
    return new Erasure(agentId, requestedAt, passes, nextRange, again, reports, Optional.of(at));
  }
}
