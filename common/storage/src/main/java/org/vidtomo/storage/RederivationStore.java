package org.vidtomo.storage;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** What deriving all reports again needs: each of them once, and how far it has come. */
public interface RederivationStore {
  /** The reports are divided into so many ranges, about as large as one another. */
  int RANGES = 1_024;

  /**
   * Every report of a range, in no order that means anything. Blocks; memory for a few hundred
   * reports is enough.
   *
   * @param range 0 to {@link #RANGES} - 1
   */
  void reportsOf(int range, Consumer<StoredReport> each);

  /** The ranges that are done for a derivation version, with the number of reports of each. */
  Map<Integer, Long> done(int version);

  /** A range is done for a derivation version. */
  void markDone(int version, int range, long reports);

  /** Forgets what is done for a derivation version. */
  void begin(int version);

  /** The measurement that counts for a task of a campaign's cycle. */
  Optional<Measurement> counted(UUID campaignId, int cycle, UUID taskId);
}
