package org.vidtomo.storage;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Campaigns. Every call blocks, bounded by the request time-out, or throws StoreException. */
public interface CampaignStore {
  /** Stores a new campaign; the same again changes nothing. */
  void insert(Campaign campaign);

  Optional<Campaign> find(UUID id);

  /** All campaigns, the latest first. */
  List<Campaign> list();

  /**
   * Moves a campaign on, if it is where the caller thinks.
   *
   * @return whether it was
   */
  boolean changeStatus(UUID id, Set<CampaignStatus> expected, CampaignStatus next);

  /** Notes how many seeds a campaign has. */
  void saveVideos(UUID id, long videos);

  /** Notes the latest cycle of an imported campaign; planning notes it with its plan. */
  void saveCycle(UUID id, int cycle);

  /** Notes how far planning has come. */
  void savePlan(UUID id, int cycle, String plan);
}
