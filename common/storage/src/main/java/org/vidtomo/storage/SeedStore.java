package org.vidtomo.storage;

import java.util.List;
import java.util.UUID;

/** Seed lists of campaigns, of any length. */
public interface SeedStore {
  /** Stores seeds at their positions; the same again changes nothing. */
  void insert(UUID campaignId, List<Seed> seeds);

  /**
   * Seeds in their order.
   *
   * @param from the first position
   * @param most how many at the most, up to 10,000
   */
  List<Seed> read(UUID campaignId, long from, int most);
}
