package org.vidtomo.coordinator.campaign;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.vidtomo.coordinator.plan.SeedVideo;
import org.vidtomo.coordinator.request.InvalidRequestException;
import org.vidtomo.coordinator.request.InvalidRequestException.Fault;
import org.vidtomo.coordinator.source.ListingException;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.sites.Listing;
import org.vidtomo.sites.Sites;
import org.vidtomo.storage.Seed;
import org.vidtomo.storage.SeedStore;

/**
 * A campaign that is being submitted: its list is stored while it comes, and is nobody's until it
 * is whole. Not thread-safe.
 */
public final class Submission {
  private static final int BATCH = 500;

  private final UUID id = UUID.randomUUID();
  private final CampaignOptions options;
  private final boolean bounded;
  private final boolean popular;
  private final List<Fault> faults;
  private final SeedStore seeds;
  private final CycleSeeds cycleSeeds;
  private final Campaigns campaigns;
  private final SeedList list;
  private final boolean dry;
  private final List<Seed> batch = new ArrayList<>();
  private long position;
  private long stored;
  private long made;

  /**
   * What became of a submission.
   *
   * @param list what its lines were
   */
  public record Result(CampaignView campaign, ListReport list) {}

  /**
   * No line yet.
   *
   * @param asked what is asked for
   * @param dry whether nothing shall begin, and nothing be stored
   */
  Submission(
      Asked asked,
      SeedStore seeds,
      CycleSeeds cycleSeeds,
      Campaigns campaigns,
      int maxVideos,
      boolean dry) {
    this.options = asked.options();
    this.bounded = asked.boundsVideos();
    this.popular = asked.popular();
    this.faults = new ArrayList<>(asked.faults());
    this.seeds = seeds;
    this.cycleSeeds = cycleSeeds;
    this.campaigns = campaigns;
    this.list = new SeedList(maxVideos, bounded ? options.maxCrawledUrls() : maxVideos);
    if (bounded && options.maxCrawledUrls() > maxVideos) {
      String rule = "must be at most %d here (coordinator.max.videos), is %d";
      faults.add(
          new Fault("options.maxCrawledUrls", rule.formatted(maxVideos, options.maxCrawledUrls())));
    }
    checkPopular();
    // What is refused in any case is looked at to its end, and not stored.
    this.dry = dry || !faults.isEmpty();
  }

  private void checkPopular() {
    if (options.service().isPresent()) {
      try {
        popular();
      } catch (IllegalArgumentException e) {
        faults.add(new Fault("options.service", e.getMessage()));
      }
    }
  }

  /**
   * A campaign's options as they were asked for.
   *
   * @param boundsVideos whether the most videos were said; else a longer list is visited whole
   * @param popular whether a service's popular videos take the place of the list
   * @param faults of the options, which are then the defaults: to be told with those of the list
   */
  public record Asked(
      CampaignOptions options, boolean boundsVideos, boolean popular, List<Fault> faults) {
    public Asked {
      requireNonNull(options, "options");
      faults = List.copyOf(faults);
    }
  }

  /** What is asked for, as far as it can be said before the list is whole. */
  public CampaignOptions options() {
    return options;
  }

  /** Takes more lines, each a URL, a comment or blank. */
  public void add(List<String> lines) {
    for (String line : lines) {
      list.next(line)
          .ifPresent(
              video ->
                  batch.add(new Seed(position++, video.url(), video.service(), video.videoId())));
      if (batch.size() >= BATCH) {
        store();
      }
    }
  }

  /**
   * The list is whole: the campaign begins.
   *
   * @throws InvalidRequestException with the options and lines that are wrong, or the lines that
   *     name a list of videos that cannot be read; then nothing begins
   */
  public Result finish() throws InvalidRequestException {
    ListReport report = whole();
    store();
    long duplicates = report.duplicates().count();
    if (!makesSeeds()) {
      CampaignOptions settled = settled(report.videos());
      CampaignView begun =
          campaigns.begin(id, settled, report.videos(), duplicates, OptionalLong.empty());
      keep();
      return new Result(begun, report);
    }
    CampaignOptions settled = settled(report.videos() + madeAtMost(report));
    made = settled.maxCrawledUrls();
    CycleSeeds.Made seedsMade = cycleSeeds.make(id, 0, settled, position, 0);
    if (!seedsMade.troubles().isEmpty()) {
      throw new InvalidRequestException(seedsMade.troubles().stream().map(this::fault).toList());
    }
    CampaignView begun =
        campaigns.begin(id, settled, seedsMade.videos(), duplicates, OptionalLong.of(position));
    keep();
    return new Result(begun, report.withVideos(seedsMade.videos()));
  }

  /** From now on it is the campaign's, whatever becomes of the request. */
  private void keep() {
    stored = 0;
    made = 0;
  }

  private ListReport whole() throws InvalidRequestException {
    List<Fault> all = new ArrayList<>(faults);
    try {
      ListReport report = list.finish(popular);
      if (popular && report.videos() + report.listings() > 0) {
        all.add(
            new Fault(
                "options.service",
                "takes a service's popular videos in place of a list: give one of them"));
      }
      if (all.isEmpty()) {
        return report;
      }
    } catch (InvalidRequestException e) {
      all.addAll(e.faults());
    }
    throw new InvalidRequestException(all);
  }

  /** Whether services are asked for seeds. */
  private boolean makesSeeds() {
    return options.service().isPresent() || !list.listings().isEmpty();
  }

  private long madeAtMost(ListReport report) {
    return (report.listings() + 1) * cycleSeeds.perListing();
  }

  private Fault fault(String trouble) {
    String field =
        list.listings().stream()
            .filter(line -> trouble.contains(line.url()))
            .map(line -> "line " + line.number())
            .findFirst()
            .orElse(options.service().isPresent() ? "options.service" : "urls");
    return new Fault(field, trouble);
  }

  /** With what nobody said: a seed, and room for the whole list. */
  private CampaignOptions settled(long videos) {
    CampaignOptions seeded =
        options.seed().isPresent()
            ? options
            : options.withSeed(ThreadLocalRandom.current().nextLong(CampaignOptions.MAX_SEED + 1));
    return bounded
        ? seeded
        : seeded.withMaxCrawledUrls((int) Math.max(videos, options.maxCrawledUrls()));
  }

  /**
   * The list is whole, and nothing begins. Lists of videos are read, so that it is known how many
   * they name.
   *
   * @throws InvalidRequestException with the options and lines that are wrong
   */
  public ListReport check() throws InvalidRequestException {
    ListReport report = whole();
    List<Fault> faults = new ArrayList<>();
    long videos = report.videos();
    for (String url : list.listings().stream().map(SeedList.Line::url).toList()) {
      videos += named(url, SeedVideo.listing(url).orElseThrow(), faults);
    }
    if (options.service().isPresent()) {
      videos += named(options.service().orElseThrow(), popular(), faults);
    }
    if (!faults.isEmpty()) {
      throw new InvalidRequestException(faults);
    }
    return report.withVideos(bounded ? Math.min(videos, options.maxCrawledUrls()) : videos);
  }

  /** How many more videos a list of them names. */
  private long named(String name, Listing listing, List<Fault> faults) {
    try {
      return cycleSeeds.read(listing).stream()
          .flatMap(url -> SeedVideo.of(url.toString()).stream())
          .filter(video -> list.found(video.videoId()))
          .count();
    } catch (ListingException e) {
      faults.add(fault(name + ": " + e.getMessage()));
      return 0;
    }
  }

  private Listing popular() {
    return Sites.known().popular(options.service().orElseThrow(), options.timeFrame());
  }

  /** The list is refused, or broke off: what is stored of it is nobody's and goes. */
  public void abandon() {
    batch.clear();
    if (stored > 0) {
      seeds.remove(id, stored);
      stored = 0;
    }
    if (made > 0) {
      cycleSeeds.remove(id, made);
      made = 0;
    }
  }

  private void store() {
    if (!dry && list.faultless() && !batch.isEmpty()) {
      // Before the write: some of a batch that fails may be there.
      stored = position;
      seeds.insert(id, List.copyOf(batch));
    }
    batch.clear();
  }
}
