package org.vidtomo.coordinator.campaign;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.vidtomo.coordinator.request.InvalidRequestException;
import org.vidtomo.core.task.CampaignOptions;
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
  private final SeedStore seeds;
  private final Campaigns campaigns;
  private final SeedList list;
  private final boolean dry;
  private final List<Seed> batch = new ArrayList<>();
  private long position;
  private long stored;

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
  Submission(Asked asked, SeedStore seeds, Campaigns campaigns, int maxVideos, boolean dry)
      throws InvalidRequestException {
    this.options = asked.options();
    this.bounded = asked.boundsVideos();
    this.seeds = seeds;
    this.campaigns = campaigns;
    this.list = new SeedList(maxVideos, bounded ? options.maxCrawledUrls() : maxVideos);
    this.dry = dry;
    if (bounded && options.maxCrawledUrls() > maxVideos) {
      throw new InvalidRequestException(
          "options.maxCrawledUrls",
          "must be at most %d here (coordinator.max.videos), is %d"
              .formatted(maxVideos, options.maxCrawledUrls()));
    }
  }

  /**
   * A campaign's options as they were asked for.
   *
   * @param boundsVideos whether the most videos were said; else a longer list is visited whole
   */
  public record Asked(CampaignOptions options, boolean boundsVideos) {
    public Asked {
      requireNonNull(options, "options");
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
   * @throws InvalidRequestException with the lines that are wrong; then nothing begins
   */
  public Result finish() throws InvalidRequestException {
    ListReport report = list.finish();
    store();
    return new Result(
        campaigns.begin(id, settled(report.videos()), report.videos(), report.duplicates().count()),
        report);
  }

  /** With what nobody said: a seed, and room for the whole list. */
  private CampaignOptions settled(long videos) {
    CampaignOptions seeded =
        options.seed().isPresent()
            ? options
            : options.withSeed(ThreadLocalRandom.current().nextLong(CampaignOptions.MAX_SEED + 1));
    return seeded.withMaxCrawledUrls((int) Math.max(videos, options.maxCrawledUrls()));
  }

  /**
   * The list is whole, and nothing begins.
   *
   * @throws InvalidRequestException with the lines that are wrong
   */
  public ListReport check() throws InvalidRequestException {
    return list.finish();
  }

  /** The list is refused, or broke off: what is stored of it is nobody's and goes. */
  public void abandon() {
    batch.clear();
    if (stored > 0) {
      seeds.remove(id, stored);
      stored = 0;
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
