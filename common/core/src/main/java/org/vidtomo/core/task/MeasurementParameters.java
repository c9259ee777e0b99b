package org.vidtomo.core.task;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * What a campaign may ask of a measurement. An agent's own policy stands above it.
 *
 * @param downloadTimeMicros time limit of the download
 * @param downloadBytes byte limit of the download
 * @param pingPackets packets to each cache address, 200 ms apart
 * @param initialPlaybackMicros media buffered before playing starts
 * @param minPlayoutBufferMicros stall at or below
 * @param restartBufferMicros playing goes on above
 * @param quality such as {@code best<=1080p}
 * @param resolvers {@code system} or public addresses
 * @param relatedPerPage related links kept of a page
 * @param anonymous the public address is neither sent nor stored
 */
public record MeasurementParameters(
    long downloadTimeMicros,
    long downloadBytes,
    int pingPackets,
    long initialPlaybackMicros,
    long minPlayoutBufferMicros,
    long restartBufferMicros,
    PlayerRule player,
    String quality,
    List<String> resolvers,
    AddressFamily addressFamily,
    HttpProtocol http,
    Steps steps,
    int relatedPerPage,
    boolean anonymous) {

  /** The defaults of every command and of the coordinator's API. */
  public static final MeasurementParameters DEFAULTS =
      new MeasurementParameters(
          30_000_000,
          100_000_000,
          10,
          2_000_000,
          100_000,
          1_000_000,
          PlayerRule.FIXED,
          "best<=1080p",
          List.of("system", "8.8.8.8", "1.1.1.1", "208.67.220.220"),
          AddressFamily.AUTO,
          HttpProtocol.AUTO,
          Steps.ALL,
          20,
          false);

  public MeasurementParameters {
    check(
        downloadTimeMicros > 0 && downloadTimeMicros <= 120_000_000,
        "download time must be over 0 and at most 120s");
    check(
        downloadBytes > 0 && downloadBytes <= 10_000_000_000L,
        "download bytes must be over 0 and at most 10GB");
    check(pingPackets >= 0 && pingPackets <= 100, "ping packets must be 0 to 100");
    check(
        initialPlaybackMicros >= 0 && initialPlaybackMicros <= 60_000_000,
        "initial playback must be 0 to 60s");
    check(
        minPlayoutBufferMicros >= 0 && minPlayoutBufferMicros <= restartBufferMicros,
        "min playout buffer must be 0 or more and not over the restart buffer");
    check(restartBufferMicros <= 60_000_000, "restart buffer must be at most 60s");
    requireNonNull(player, "player");
    requireNonNull(quality, "quality");
    resolvers = List.copyOf(resolvers);
    check(!resolvers.isEmpty() && resolvers.size() <= 8, "there must be 1 to 8 resolvers");
    requireNonNull(addressFamily, "addressFamily");
    requireNonNull(http, "http");
    requireNonNull(steps, "steps");
    check(relatedPerPage >= 0 && relatedPerPage <= 1000, "related per page must be 0 to 1000");
  }

  /** {@link #downloadTimeMicros} as a duration. */
  public Duration downloadTime() {
    return Duration.ofNanos(downloadTimeMicros * 1000);
  }

  /** The same with another number of related links kept of a page. */
  public MeasurementParameters withRelatedPerPage(int links) {
    return new MeasurementParameters(
        downloadTimeMicros,
        downloadBytes,
        pingPackets,
        initialPlaybackMicros,
        minPlayoutBufferMicros,
        restartBufferMicros,
        player,
        quality,
        resolvers,
        addressFamily,
        http,
        steps,
        links,
        anonymous);
  }

  private static void check(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
