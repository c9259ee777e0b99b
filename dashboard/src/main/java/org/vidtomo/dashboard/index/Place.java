package org.vidtomo.dashboard.index;

import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.vidtomo.dashboard.compare.Filter;

/**
 * Where and when a filter looks, and at whom.
 *
 * @param cut what is not looked at, for lack of room
 */
record Place(
    Snapshot snapshot,
    Filter filter,
    Instant from,
    Instant to,
    Optional<String> cut,
    Standing standing) {

  Rows rows() {
    return new Rows(snapshot, filter, from, to, standing);
  }

  /**
   * Who and what an answer leaves out.
   *
   * @param agents the numbers of those that were
   * @param withoutOffset agents that were for another reason
   * @param groups that were
   */
  Optional<String> leftOut(BitSet agents, int withoutOffset, Optional<String> groups) {
    List<String> reasons = standing.reasons(agents, snapshot.names());
    if (withoutOffset > 0) {
      reasons.add("%d agents whose local time is not known".formatted(withoutOffset));
    }
    cut.ifPresent(reasons::add);
    groups.ifPresent(reasons::add);
    return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
  }
}
