package org.vidtomo.storage;

import java.util.List;
import java.util.Optional;

/** Deletes what agents brought. Calls block. */
public interface ErasureStore {
  /** All reports are divided into so many ranges, about as large as one another. */
  int RANGES = 256;

  /** Keeps how far an erasure has come. */
  void put(Erasure erasure);

  Optional<Erasure> find(String agentId);

  /** Those that are not done. */
  List<Erasure> pending();

  /**
   * Deletes an agent's reports of a range with all that was derived from them; the same again finds
   * none.
   *
   * @param range 0 to {@link #RANGES} - 1
   * @return how many reports
   */
  long erase(String agentId, int range);

  /** Deletes what else is known of an agent but its id and its key, which stay revoked. */
  void forget(String agentId);
}
