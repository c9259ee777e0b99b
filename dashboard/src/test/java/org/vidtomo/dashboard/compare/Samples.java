package org.vidtomo.dashboard.compare;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Samples for the tests of statistics. */
final class Samples {
  static final Instant T = Instant.parse("2026-11-21T10:00:00Z");

  private Samples() {}

  static Sample sample(String group, String agent, String video, int hour, double value) {
    return new Sample(
        group,
        agent,
        Optional.of(prefix(agent)),
        video,
        T.plus(hour, ChronoUnit.HOURS),
        value,
        Double.isInfinite(value));
  }

  static CellTable table(Metric metric, List<Sample> samples) {
    return SampledCells.of(all(samples), metric.centre());
  }

  static SampleSource.Samples all(List<Sample> samples) {
    return new SampleSource.Samples(samples, Optional.empty());
  }

  /** Three networks: agents are spread over them by the number that ends their names. */
  private static String prefix(String agent) {
    int number = agent.charAt(agent.length() - 1) - '0';
    return "192.0." + Math.floorMod(number, 3) + ".0/24";
  }
}
