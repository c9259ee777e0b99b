package org.vidtomo.launcher.options;

import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.task.TimeFrame;
import picocli.CommandLine.Option;

/** Which videos a campaign visits beside those of its list; Pytomo's letters. */
final class CrawlOptions {
  @Option(
      names = {"-r", "--max-rounds"},
      paramLabel = "N",
      description = "rounds over related links, that of the seeds included (default: 10000)")
  private Integer maxRounds;

  @Option(
      names = {"-u", "--max-crawled-url"},
      paramLabel = "N",
      description =
          "videos to visit in all, the seeds included (default: 10000, or all of a longer list)")
  private Integer maxCrawledUrls;

  @Option(
      names = {"-p", "--max-per-url"},
      paramLabel = "N",
      description =
          "related links followed of each video, a random sample of those considered"
              + " (default: 20)")
  private Integer maxPerUrl;

  @Option(
      names = {"-P", "--max-per-page"},
      paramLabel = "N",
      description = "related links considered of each page, the first ones (default: 20)")
  private Integer maxPerPage;

  @Option(
      names = {"-R", "--no-related"},
      description = "follow no related links: measure the seeds alone")
  private boolean noRelated;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "of the random sample: the same seed follows the same links of the same pages"
              + " (default: a new one, which 'campaign show --json' tells)")
  private Long seed;

  @Option(
      names = {"-s", "--service"},
      paramLabel = "SERVICE",
      description = "begin with the most popular videos of youtube or dailymotion, without a list")
  private String service;

  @Option(
      names = {"-t", "--time-frame"},
      paramLabel = "WHEN",
      description = "most popular today, this week, month or all_time (default: week)")
  private String timeFrame;

  /** Whether links are followed: with a default that does not, only if it is asked for. */
  boolean related(boolean otherwise) {
    boolean asked = maxRounds != null || maxPerUrl != null || maxPerPage != null || seed != null;
    return !noRelated && (otherwise || asked);
  }

  int maxRounds(int otherwise) {
    return maxRounds == null ? otherwise : maxRounds;
  }

  /** Whether it was said how many videos are visited. */
  boolean boundsVideos() {
    return maxCrawledUrls != null;
  }

  int maxCrawledUrls(int otherwise) {
    return maxCrawledUrls == null ? otherwise : maxCrawledUrls;
  }

  int maxPerUrl(int otherwise) {
    return maxPerUrl == null ? otherwise : maxPerUrl;
  }

  MeasurementParameters perPage(MeasurementParameters parameters) {
    return maxPerPage == null ? parameters : parameters.withRelatedPerPage(maxPerPage);
  }

  OptionalLong seed(CampaignOptions otherwise) {
    return seed == null ? otherwise.seed() : OptionalLong.of(seed);
  }

  Optional<String> service(CampaignOptions otherwise) {
    return Optional.ofNullable(service).or(otherwise::service);
  }

  /** Of a service's most popular videos. */
  TimeFrame timeFrame(CampaignOptions otherwise) {
    if (timeFrame != null && service == null) {
      throw new IllegalArgumentException(
          "--time-frame says which of a service's popular videos: name the --service, too");
    }
    return MeasurementOptions.word(TimeFrame.values(), timeFrame, otherwise.timeFrame());
  }
}
