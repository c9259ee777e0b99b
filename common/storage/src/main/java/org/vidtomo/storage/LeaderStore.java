package org.vidtomo.storage;

import java.util.Optional;

/**
 * The lead of the coordinators. Every call blocks for three seconds at most, or throws
 * StoreException; then a change may have been made all the same, and {@link #find} tells.
 */
public interface LeaderStore {
  /** Who leads, after all changes so far; empty: nobody ever did. */
  Optional<Leader> find();

  /**
   * Puts {@code next} in the place of {@code seen}, if that is still there.
   *
   * @param seen what was found; empty: nothing
   * @return whether it was
   */
  boolean replace(Optional<Leader> seen, Leader next);
}
