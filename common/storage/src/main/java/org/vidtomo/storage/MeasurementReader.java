package org.vidtomo.storage;

import java.time.Instant;
import java.util.Collection;
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

  /**
   * Measurements of a campaign, page by page, in no order that means anything.
   *
   * @param latestCycle the last one that is read
   * @param most 1 to 1,000
   */
  Page pageOfCampaign(UUID campaignId, int latestCycle, Place from, int most);

  /** Every measurement with a slot from {@code from} (inclusive) to {@code to} (exclusive). */
  void between(Instant from, Instant to, Consumer<Measurement> each);

  /**
   * The measurements at these places, in no order that means anything.
   *
   * @param spots at most 2,000
   */
  List<Measurement> at(Collection<Spot> spots);

  /** In which part of its hour a task's measurement is. */
  static int shard(UUID taskId) {
    return Schema.hourShard(taskId);
  }

  /**
   * Where measurements are: hardly ever more than one.
   *
   * @param slot to the millisecond
   * @param shard as {@link #shard} tells it
   */
  record Spot(Instant slot, int shard) {}

  /**
   * Where a page ended.
   *
   * @param taskId empty: everything before the slot
   */
  record Cursor(Instant slot, Optional<UUID> taskId) {}

  /** Some measurements, and where the next ones begin; absent at the end. */
  record Page(List<Measurement> measurements, Optional<Place> next) {
    public Page {
      measurements = List.copyOf(measurements);
    }
  }

  /**
   * A place in a campaign.
   *
   * @param taskId the task before; empty: the bucket's beginning
   */
  record Place(int cycle, int bucket, Optional<UUID> taskId) {
    public static final Place BEGINNING = new Place(0, 0, Optional.empty());
  }
}
