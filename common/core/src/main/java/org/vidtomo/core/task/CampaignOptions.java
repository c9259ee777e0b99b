package org.vidtomo.core.task;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a campaign asks for beside each measurement's parameters.
 *
 * @param maxRounds rounds over related links, the seeds' round included
 * @param loop begin again when a cycle has ended
 * @param everyMicros begin a cycle every so often
 * @param maxCrawledUrls videos visited in a cycle, the seeds included
 * @param maxPerUrl related links taken of one video, a random sample of those considered
 * @param related whether related links are followed
 * @param samples measurements of each video per target
 * @param providerFilter only these providers; empty: all
 * @param expiresMicros after which a task not yet measured expires
 * @param startsPerMinute per service and agent
 * @param seed of the sampling of related links, 0 to {@value #MAX_SEED}; absent from campaigns of
 *     versions that followed none
 * @param service whose most popular videos are the seeds, if no list names them
 * @param timeFrame of which time they are the most popular
 */
public record CampaignOptions(
    Optional<String> name,
    MeasurementParameters parameters,
    Coverage coverage,
    int samples,
    List<String> providerFilter,
    boolean related,
    int maxRounds,
    int maxCrawledUrls,
    int maxPerUrl,
    boolean loop,
    OptionalLong everyMicros,
    long expiresMicros,
    int startsPerMinute,
    OptionalLong seed,
    Optional<String> service,
    TimeFrame timeFrame) {

  /** Programs that read JSON's numbers as floating point know whole ones up to here. */
  public static final long MAX_SEED = (1L << 53) - 1;

  public static final CampaignOptions DEFAULTS =
      new CampaignOptions(
          Optional.empty(),
          MeasurementParameters.DEFAULTS,
          Coverage.PROVIDER,
          1,
          List.of(),
          true,
          10_000,
          10_000,
          20,
          false,
          OptionalLong.empty(),
          Duration.ofHours(24).toNanos() / 1000,
          6);

  public CampaignOptions {
    requireNonNull(parameters, "parameters");
    requireNonNull(coverage, "coverage");
    providerFilter = providerFilter == null ? List.of() : List.copyOf(providerFilter);
    atLeast(samples, 1, "samples");
    atLeast(maxRounds, 1, "max rounds");
    atLeast(maxCrawledUrls, 1, "max crawled URLs");
    atLeast(maxPerUrl, 0, "max per URL");
    atLeast(expiresMicros, 1_000_000, "expires, in microseconds,");
    atLeast(startsPerMinute, 1, "starts per minute");
    if (everyMicros.isPresent()) {
      atLeast(everyMicros.getAsLong(), 60_000_000, "every, in microseconds,");
    }
    if (seed.isPresent() && (seed.getAsLong() < 0 || seed.getAsLong() > MAX_SEED)) {
      throw new IllegalArgumentException(
          "seed must be 0 to %d, is %d".formatted(MAX_SEED, seed.getAsLong()));
    }
    requireNonNull(service, "service");
    timeFrame = timeFrame == null ? TimeFrame.WEEK : timeFrame;
  }

  /** Options without a seed of sampling, of a campaign whose list names its videos. */
  public CampaignOptions(
      Optional<String> name,
      MeasurementParameters parameters,
      Coverage coverage,
      int samples,
      List<String> providerFilter,
      boolean related,
      int maxRounds,
      int maxCrawledUrls,
      int maxPerUrl,
      boolean loop,
      OptionalLong everyMicros,
      long expiresMicros,
      int startsPerMinute) {
    this(
        name,
        parameters,
        coverage,
        samples,
        providerFilter,
        related,
        maxRounds,
        maxCrawledUrls,
        maxPerUrl,
        loop,
        everyMicros,
        expiresMicros,
        startsPerMinute,
        OptionalLong.empty(),
        Optional.empty(),
        TimeFrame.WEEK);
  }

  /** {@link #expiresMicros} as a duration. */
  public Duration expires() {
    return Duration.ofNanos(Math.multiplyExact(expiresMicros, 1000));
  }

  /**
   * Whether a round's related links are followed.
   *
   * @param round from 0, that of the seeds
   */
  public boolean followedAfter(int round) {
    return related
        && seed.isPresent()
        && maxPerUrl > 0
        && parameters.relatedPerPage() > 0
        && round + 1 < maxRounds;
  }

  /** The same with this seed of sampling. */
  public CampaignOptions withSeed(long newSeed) {
    return with(maxCrawledUrls, OptionalLong.of(newSeed));
  }

  /** The same with another limit of videos. */
  public CampaignOptions withMaxCrawledUrls(int newMax) {
    return with(newMax, seed);
  }

  private CampaignOptions with(int newMaxCrawledUrls, OptionalLong newSeed) {
    return new CampaignOptions(
        name,
        parameters,
        coverage,
        samples,
        providerFilter,
        related,
        maxRounds,
        newMaxCrawledUrls,
        maxPerUrl,
        loop,
        everyMicros,
        expiresMicros,
        startsPerMinute,
        newSeed,
        service,
        timeFrame);
  }

  private static void atLeast(long value, long least, String what) {
    if (value < least) {
      throw new IllegalArgumentException(what + " must be at least " + least + ", is " + value);
    }
  }
}
