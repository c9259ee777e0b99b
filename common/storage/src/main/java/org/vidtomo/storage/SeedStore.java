package org.vidtomo.storage;

import java.util.List;
import java.util.UUID;

/** Seed lists of campaigns, of any length. */
public interface SeedStore {
  /** Stores seeds at their positions; the same again changes nothing. */
  void insert(UUID campaignId, List<Seed> seeds);

  /**
   * Removes a list.
   *
   * @param count how many seeds it has at the most, from position 0
   */
  void remove(UUID campaignId, long count);

  /**
   * Seeds in their order.
   *
   * @param from the first position
   * @param most how many at the most, up to 10,000
   */
  List<Seed> read(UUID campaignId, long from, int most);
}
