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
 * @param maxCrawledUrls videos visited in a cycle
 * @param maxPerUrl related links taken of one video
 * @param related whether related links are followed
 * @param samples measurements of each video per target
 * @param providerFilter only these providers; empty: all
 * @param expiresMicros after which a task not yet measured expires
 * @param startsPerMinute per service and agent
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
    int startsPerMinute) {

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
  }

  /** {@link #expiresMicros} as a duration. */
  public Duration expires() {
    return Duration.ofNanos(Math.multiplyExact(expiresMicros, 1000));
  }

  private static void atLeast(long value, long least, String what) {
    if (value < least) {
      throw new IllegalArgumentException(what + " must be at least " + least + ", is " + value);
    }
  }
}
