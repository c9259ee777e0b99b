package org.vidtomo.coordinator.campaign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vidtomo.coordinator.plan.LinkSampler;
import org.vidtomo.coordinator.plan.RoundPlan;
import org.vidtomo.coordinator.plan.SeedVideo;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.storage.CrawlStore;
import org.vidtomo.storage.FoundVideo;
import org.vidtomo.storage.Seed;

/**
 * Finds the videos of the round after one that is over: the sampled links of its videos, in the
 * videos' order, without those that the cycle visits already, up to its limit. It stores them piece
 * by piece; they are nobody's until the round is begun. A function of what is stored: after a crash
 * it is done again from the beginning and comes to the same. Confined to one thread.
 */
final class NextRound {
  /** Videos whose links are looked at together. */
  private static final int PIECE = 1_000;

  private final RoundPlan over;
  private final CampaignOptions options;
  private final RoundVideos rounds;
  private final CrawlStore crawl;
  private final SeenVideos visited;
  private final LinkSampler sampler;
  private long looked;
  private long found;

  /**
   * Nothing found yet.
   *
   * @param over the plan of the round that is over
   * @param visited all videos that the cycle visits so far; those found are added
   */
  NextRound(
      RoundPlan over,
      CampaignOptions options,
      RoundVideos rounds,
      CrawlStore crawl,
      SeenVideos visited) {
    this.over = over;
    this.options = options;
    this.rounds = rounds;
    this.crawl = crawl;
    this.visited = visited;
    this.sampler =
        new LinkSampler(
            options.seed().orElseThrow(),
            over.cycle(),
            options.parameters().relatedPerPage(),
            options.maxPerUrl());
  }

  /**
   * Looks at the next videos' links.
   *
   * @return whether there are more to look at
   */
  boolean step() {
    if (whole()) {
      return false;
    }
    List<Seed> videos = rounds.read(over, looked, PIECE);
    Map<Long, List<List<String>>> pages = pages(videos.size());
    List<FoundVideo> fresh = new ArrayList<>();
    for (Seed video : videos) {
      for (SeedVideo link :
          sampler.take(video.videoId(), pages.getOrDefault(over.number(video), List.of()))) {
        if (room(fresh.size()) && visited.add(link.videoId())) {
          long position = over.videos().end() + found + fresh.size();
          fresh.add(
              new FoundVideo(
                  new Seed(position, link.url(), link.service(), link.videoId()), video.videoId()));
        }
      }
    }
    if (!fresh.isEmpty()) {
      crawl.insertVideos(over.campaignId(), over.cycle(), fresh);
    }
    found += fresh.size();
    looked += videos.size();
    return !whole();
  }

  /** How many videos the next round has, once all links are looked at. */
  long found() {
    return found;
  }

  /** The links of the next videos' pages by the video's number: by sample, then by target. */
  private Map<Long, List<List<String>>> pages(int videos) {
    Map<Long, List<List<String>>> pages = new HashMap<>();
    crawl.eachRelated(
        over.campaignId(),
        over.cycle(),
        over.round(),
        looked * over.samples(),
        (looked + videos) * over.samples(),
        related ->
            pages
                .computeIfAbsent(related.position() / over.samples(), n -> new ArrayList<>())
                .add(related.links()));
    return pages;
  }

  private boolean whole() {
    return looked >= over.videos().count() || !room(0);
  }

  private boolean room(int more) {
    return over.videos().end() + found + more < options.maxCrawledUrls();
  }
}
