package org.vidtomo.coordinator.campaign;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.vidtomo.coordinator.plan.RoundPlan;
import org.vidtomo.storage.CrawlStore;

/**
 * The next rounds of campaigns whose round is over. What the store holds of a cycle decides which
 * links are new; their ids are read once and kept, 8 to 16 bytes a video, for the campaigns that
 * crawled last. Confined to one thread.
 */
final class Frontier {
  private static final int KEPT = 8;

  private final RoundVideos rounds;
  private final CrawlStore crawl;
  private final Map<UUID, Work> underWay = new HashMap<>();
  private final Map<UUID, Visited> visited = new LinkedHashMap<>(16, 0.75f, true);

  private record Work(RoundPlan over, NextRound next) {}

  /** The videos of a cycle before a position. */
  private record Visited(int cycle, long before, SeenVideos seen) {}

  Frontier(RoundVideos rounds, CrawlStore crawl) {
    this.rounds = rounds;
    this.crawl = crawl;
  }

  /**
   * Does the next piece of looking for what comes after the round that is over.
   *
   * @return how many videos the next round has, 0: there is none; empty while that is not known:
   *     there is more to do at once
   */
  OptionalLong next(CampaignRow row) {
    RoundPlan over = row.plan().orElseThrow();
    boolean follows = row.options().followedAfter(over.round());
    if (!follows || over.videos().end() >= row.options().maxCrawledUrls()) {
      return OptionalLong.of(0);
    }
    try {
      NextRound next = underWay(row, over);
      return next.step() ? OptionalLong.empty() : OptionalLong.of(next.found());
    } catch (RuntimeException e) {
      // Some of what is noted here may not be in the store: it is done again from what is.
      forget(row.id());
      throw e;
    }
  }

  /** The round that was found begins. */
  void begun(RoundPlan plan) {
    underWay.remove(plan.campaignId());
    visited.computeIfPresent(
        plan.campaignId(),
        (id, known) -> new Visited(plan.cycle(), plan.videos().end(), known.seen()));
  }

  /** The cycle is over. */
  void forget(UUID campaignId) {
    underWay.remove(campaignId);
    visited.remove(campaignId);
  }

  private NextRound underWay(CampaignRow row, RoundPlan over) {
    Work work = underWay.get(row.id());
    if (work == null || !work.over().equals(over)) {
      work = new Work(over, new NextRound(over, row.options(), rounds, crawl, visited(row, over)));
      underWay.put(row.id(), work);
    }
    return work.next();
  }

  private SeenVideos visited(CampaignRow row, RoundPlan over) {
    Visited known = visited.get(row.id());
    if (known == null || known.cycle() != over.cycle() || known.before() != over.videos().end()) {
      SeenVideos seen = new SeenVideos();
      rounds.eachBefore(row, over, video -> seen.add(video.videoId()));
      known = new Visited(over.cycle(), over.videos().end(), seen);
      visited.put(row.id(), known);
    }
    if (visited.size() > KEPT) {
      forget(visited.keySet().iterator().next());
    }
    return known.seen();
  }
}
