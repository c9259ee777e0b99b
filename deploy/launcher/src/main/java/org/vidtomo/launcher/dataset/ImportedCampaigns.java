package org.vidtomo.launcher.dataset;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.vidtomo.core.dataset.DataSetCampaign;
import org.vidtomo.core.memory.BoundedMaps;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.storage.Campaign;
import org.vidtomo.storage.CampaignOrigin;
import org.vidtomo.storage.CampaignStatus;
import org.vidtomo.storage.CampaignStore;
import org.vidtomo.storage.Measurement;

/** The campaigns that imported reports belong to, made when the first report of each comes. */
final class ImportedCampaigns {
  private static final int MOST_REMEMBERED = 1_000;

  private final CampaignStore store;
  private final Map<UUID, Campaign> known = BoundedMaps.byUse(MOST_REMEMBERED);

  ImportedCampaigns(CampaignStore store) {
    this.store = store;
  }

  /**
   * Has a measurement's campaign ready.
   *
   * @return whether reports may be imported into it: not into one of this installation
   */
  boolean ready(Measurement measurement, Origin origin) {
    UUID id = measurement.campaignId().orElseThrow();
    Campaign campaign = known.get(id);
    if (campaign == null) {
      campaign = store.find(id).orElseGet(() -> insert(id, measurement, origin));
    }
    if (campaign.origin().isPresent() && campaign.cycle() < measurement.cycle()) {
      store.saveCycle(id, measurement.cycle());
      campaign = withCycle(campaign, measurement.cycle());
    }
    known.put(id, campaign);
    return campaign.origin().isPresent();
  }

  /** A campaign as a data set describes it, and where that comes from. */
  record Origin(Optional<DataSetCampaign> described, CampaignOrigin from) {}

  private Campaign insert(UUID id, Measurement measurement, Origin origin) {
    Optional<DataSetCampaign> described = origin.described();
    store.insert(
        new Campaign(
            id,
            described.map(DataSetCampaign::options).orElseGet(() -> named(origin.from().source())),
            CampaignStatus.FINISHED,
            described.map(DataSetCampaign::createdAt).orElse(measurement.scheduledAt()),
            described.map(DataSetCampaign::videos).orElse(0L),
            measurement.cycle(),
            Optional.empty(),
            Optional.of(origin.from())));
    // Another process may have been first.
    return store
        .find(id)
        .orElseThrow(() -> new IllegalStateException("campaign " + id + " was stored and is gone"));
  }

  private static CampaignOptions named(String source) {
    CampaignOptions defaults = CampaignOptions.DEFAULTS;
    return new CampaignOptions(
        Optional.of("Imported from " + source),
        defaults.parameters(),
        defaults.coverage(),
        defaults.samples(),
        defaults.providerFilter(),
        defaults.related(),
        defaults.maxRounds(),
        defaults.maxCrawledUrls(),
        defaults.maxPerUrl(),
        defaults.loop(),
        defaults.everyMicros(),
        defaults.expiresMicros(),
        defaults.startsPerMinute());
  }

  private static Campaign withCycle(Campaign campaign, int cycle) {
    return new Campaign(
        campaign.id(),
        campaign.options(),
        campaign.status(),
        campaign.createdAt(),
        campaign.videos(),
        cycle,
        campaign.plan(),
        campaign.origin());
  }

  /** Times that every part of the store can hold. */
  static boolean storable(Instant time) {
    return !time.isBefore(Instant.EPOCH) && time.isBefore(Instant.parse("2200-01-01T00:00:00Z"));
  }
}
