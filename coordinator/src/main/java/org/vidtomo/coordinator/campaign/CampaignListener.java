package org.vidtomo.coordinator.campaign;

/** Hears what changed of a campaign. Must not block. */
public interface CampaignListener {
  /** It is new, of another status, or further planned: its row says so. */
  void changed(Campaign campaign);
}
