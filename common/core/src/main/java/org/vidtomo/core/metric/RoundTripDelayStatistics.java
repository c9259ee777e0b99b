package org.vidtomo.core.metric;

import java.util.List;
import java.util.OptionalLong;

/**
 * Statistics of a round-trip delay sample (RFC 2681 §4). A lost singleton is undefined, never 0: it
 * takes no part in minimum, mean and maximum, only in the loss ratio.
 *
 * @param lossRatio lost ÷ sent; 1 when nothing was sent
 */
public record RoundTripDelayStatistics(
    OptionalLong minMicros, OptionalLong avgMicros, OptionalLong maxMicros, double lossRatio) {

  /**
   * Statistics of the singletons that came back.
   *
   * @param sent packets sent, at least as many as came back
   */
  public static RoundTripDelayStatistics of(List<Long> delaysMicros, int sent) {
    if (sent < delaysMicros.size()) {
      throw new IllegalArgumentException(
          "sent must be at least what came back: " + sent + " < " + delaysMicros.size());
    }
    if (delaysMicros.isEmpty()) {
      return new RoundTripDelayStatistics(
          OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), 1);
    }
    var summary = delaysMicros.stream().mapToLong(Long::longValue).summaryStatistics();
    return new RoundTripDelayStatistics(
        OptionalLong.of(summary.getMin()),
        OptionalLong.of(Math.round(summary.getAverage())),
        OptionalLong.of(summary.getMax()),
        (double) (sent - delaysMicros.size()) / sent);
  }
}
