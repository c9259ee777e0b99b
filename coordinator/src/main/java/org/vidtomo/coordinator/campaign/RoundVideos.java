package org.vidtomo.coordinator.campaign;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.vidtomo.coordinator.plan.RoundPlan;
import org.vidtomo.storage.CrawlStore;
import org.vidtomo.storage.FoundVideo;
import org.vidtomo.storage.Seed;
import org.vidtomo.storage.SeedStore;

/**
 * The videos of rounds, in their order. Those of a cycle stand in one line: first the seeds, then
 * what each round found. A list that names its videos is kept once, for all cycles. Thread-safe.
 */
public final class RoundVideos {
  private static final int PAGE = 5_000;

  private final SeedStore seeds;
  private final CrawlStore crawl;

  public RoundVideos(SeedStore seeds, CrawlStore crawl) {
    this.seeds = seeds;
    this.crawl = crawl;
  }

  /**
   * Videos of a plan's round.
   *
   * @param from the first one's place in the round, from 0
   * @param most how many at the most, up to 10,000
   * @return all of them; their positions are those in the cycle
   * @throws IllegalStateException if the store lacks one
   */
  public List<Seed> read(RoundPlan plan, long from, int most) {
    RoundPlan.Span span = plan.videos();
    long first = span.first() + from;
    int count = (int) Math.min(most, span.end() - first);
    return read(plan.campaignId(), plan.cycle(), span.found(), first, count);
  }

  /** All videos of a cycle up to the end of a plan's round. */
  void eachBefore(CampaignRow row, RoundPlan plan, Consumer<Seed> each) {
    // Where the list names its videos, those are the seeds of every cycle.
    long ofList = row.listed().isPresent() ? 0 : Math.min(row.videos(), plan.videos().end());
    eachBetween(row.id(), plan.cycle(), false, 0, ofList, each);
    eachBetween(row.id(), plan.cycle(), true, ofList, plan.videos().end(), each);
  }

  private void eachBetween(
      UUID campaignId, int cycle, boolean found, long from, long before, Consumer<Seed> each) {
    for (long first = from; first < before; first += PAGE) {
      int count = (int) Math.min(PAGE, before - first);
      read(campaignId, cycle, found, first, count).forEach(each);
    }
  }

  private List<Seed> read(UUID campaignId, int cycle, boolean found, long first, int count) {
    List<Seed> videos =
        found
            ? crawl.readVideos(campaignId, cycle, first, count).stream()
                .map(FoundVideo::video)
                .toList()
            : seeds.read(campaignId, first, count);
    if (videos.size() < count) {
      throw new IllegalStateException(
          "campaign %s, cycle %d: of the videos from %d on %d were expected, %d are stored"
              .formatted(campaignId, cycle, first, count, videos.size()));
    }
    return videos;
  }
}
