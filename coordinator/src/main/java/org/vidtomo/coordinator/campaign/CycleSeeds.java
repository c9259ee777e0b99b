package org.vidtomo.coordinator.campaign;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.vidtomo.coordinator.plan.SeedVideo;
import org.vidtomo.coordinator.source.ListingException;
import org.vidtomo.coordinator.source.ListingReader;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.sites.Listing;
import org.vidtomo.sites.Sites;
import org.vidtomo.storage.CrawlStore;
import org.vidtomo.storage.FoundVideo;
import org.vidtomo.storage.Seed;
import org.vidtomo.storage.SeedStore;

/**
 * Makes the seeds of a cycle out of a list with listings in it, or of a service's popular videos:
 * the listings are read, and their videos stored in their place. What is stored stays, whatever the
 * listings name later. Thread-safe.
 */
public final class CycleSeeds {
  private static final int PAGE = 1_000;
  private static final int BATCH = 500;

  private final SeedStore seeds;
  private final CrawlStore crawl;
  private final ListingReader listings;
  private final int perListing;

  /**
   * A maker of seeds.
   *
   * @param perListing videos of each listing at the most
   */
  public CycleSeeds(SeedStore seeds, CrawlStore crawl, ListingReader listings, int perListing) {
    this.seeds = seeds;
    this.crawl = crawl;
    this.listings = requireNonNull(listings, "listings");
    this.perListing = perListing;
  }

  /**
   * The seeds that were made.
   *
   * @param videos how many
   * @param troubles the listings that could not be read, each with the reason
   */
  public record Made(long videos, List<String> troubles) {
    public Made {
      troubles = List.copyOf(troubles);
    }
  }

  /** Reads a listing for a submission that is only tried. */
  List<URI> read(Listing listing) throws ListingException {
    return listings.read(listing, perListing);
  }

  /** Videos of each listing at the most. */
  int perListing() {
    return perListing;
  }

  /**
   * Removes what was made for a first cycle.
   *
   * @param most how many there may be
   */
  void remove(UUID campaign, long most) {
    crawl.removeVideos(campaign, 0, most);
  }

  /**
   * Makes and stores the seeds of a cycle.
   *
   * @param rows how many rows the list has
   * @param before how many seeds the cycle before had; what it had of a listing that cannot be read
   *     is taken again. 0 in the first
   */
  Made make(UUID campaign, int cycle, CampaignOptions options, long rows, long before) {
    Making making = new Making(campaign, cycle, options.maxCrawledUrls(), before);
    options
        .service()
        .ifPresent(
            service ->
                making.listing(
                    service + ":" + options.timeFrame().wireName(),
                    Sites.known().popular(service, options.timeFrame())));
    for (long from = 0; from < rows && making.room(); from += PAGE) {
      int count = (int) Math.min(PAGE, rows - from);
      seeds.read(campaign, from, count).forEach(making::row);
    }
    making.store();
    return new Made(making.position, making.troubles);
  }

  private final class Making {
    private final UUID campaign;
    private final int cycle;
    private final long most;
    private final long before;
    private final SeenVideos seen = new SeenVideos();
    private final List<FoundVideo> batch = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private long position;

    Making(UUID campaign, int cycle, long most, long before) {
      this.campaign = campaign;
      this.cycle = cycle;
      this.most = most;
      this.before = before;
    }

    boolean room() {
      return position < most;
    }

    void row(Seed row) {
      SeedVideo video = SeedVideo.of(row);
      if (video.isListing()) {
        listing(video.url(), SeedVideo.listing(video.url()).orElseThrow());
      } else {
        add(video, "");
      }
    }

    void listing(String name, Listing listing) {
      if (!room()) {
        return;
      }
      try {
        for (URI url : listings.read(listing, perListing)) {
          SeedVideo.of(url.toString()).ifPresent(video -> add(video, name));
        }
      } catch (ListingException e) {
        troubles.add(name + ": " + e.getMessage());
        eachBefore(name, video -> add(video, name));
      }
    }

    private void eachBefore(String name, Consumer<SeedVideo> each) {
      for (long from = 0; from < before; from += PAGE) {
        int count = (int) Math.min(PAGE, before - from);
        crawl.readVideos(campaign, cycle - 1, from, count).stream()
            .filter(found -> found.foundOn().equals(name))
            .forEach(found -> each.accept(SeedVideo.of(found.video())));
      }
    }

    private void add(SeedVideo video, String foundOn) {
      if (!room() || !seen.add(video.videoId())) {
        return;
      }
      batch.add(
          new FoundVideo(
              new Seed(position++, video.url(), video.service(), video.videoId()), foundOn));
      if (batch.size() >= BATCH) {
        store();
      }
    }

    void store() {
      if (!batch.isEmpty()) {
        crawl.insertVideos(campaign, cycle, List.copyOf(batch));
        batch.clear();
      }
    }
  }
}
