package org.vidtomo.coordinator.campaign;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.vidtomo.coordinator.plan.RoundPlan;
import org.vidtomo.coordinator.plan.Targets;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.storage.CampaignStatus;

/** Campaigns for the tests of other packages. */
public final class TestCampaigns {
  private TestCampaigns() {}

  /** A campaign, wholly planned, with the target {@code alpha}. */
  public static Campaign running(int videos, int startsPerMinute, Instant startsAt) {
    CampaignOptions d = CampaignOptions.DEFAULTS;
    CampaignOptions options =
        new CampaignOptions(
            d.name(),
            d.parameters(),
            d.coverage(),
            d.samples(),
            d.providerFilter(),
            d.related(),
            d.maxRounds(),
            d.maxCrawledUrls(),
            d.maxPerUrl(),
            d.loop(),
            d.everyMicros(),
            d.expiresMicros(),
            startsPerMinute);
    UUID id = UUID.randomUUID();
    RoundPlan plan =
        RoundPlan.starting(
            id,
            0,
            startsAt,
            options,
            new Targets(List.of("alpha"), 1),
            new RoundPlan.Span(0, videos, false));
    return new Campaign(
        new CampaignRow(
            id,
            startsAt,
            options,
            CampaignStatus.RUNNING,
            videos,
            0,
            Optional.of(plan),
            videos,
            OptionalLong.empty(),
            Optional.empty()));
  }
}
