package org.vidtomo.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Measurements that count: one a task. */
public interface MeasurementReader {
  /**
   * Measurements by slot, the latest first.
   *
   * @param before slots before this, with {@code beforeTask} as the tie-breaker
   * @param most 1 to 1,000
   */
  List<Measurement> latest(Instant notBefore, Cursor before, int most);

  /** Every measurement of a campaign's cycle, in no order. */
  void ofCampaign(UUID campaignId, int cycle, Consumer<Measurement> each);

  /** Every measurement with a slot from {@code from} (inclusive) to {@code to} (exclusive). */
  void between(Instant from, Instant to, Consumer<Measurement> each);

  /**
   * Where a page ended.
   *
   * @param taskId empty: everything before the slot
   */
  record Cursor(Instant slot, Optional<UUID> taskId) {}
}
