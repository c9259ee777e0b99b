package org.vidtomo.dashboard.compare;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vidtomo.core.wire.WireName;
import org.vidtomo.dashboard.compare.Comparison.Counts;

/** The answer to {@code /api/v1/series}: each group's quantiles over time. */
public record Series(
    Metric metric,
    Dimension by,
    String unit,
    Instant computedAt,
    String method,
    Step step,
    List<Group> groups) {

  public Series {
    groups = List.copyOf(groups);
  }

  /** How long each point of the series is. */
  public enum Step implements WireName {
    HOUR(Duration.ofHours(1)),
    DAY(Duration.ofDays(1));

    private final Duration length;

    Step(Duration length) {
      this.length = length;
    }

    Instant floor(Instant at) {
      return Instant.ofEpochSecond(
          Math.floorDiv(at.getEpochSecond(), length.toSeconds()) * length.toSeconds());
    }
  }

  /** Values of the cells scheduled from {@code at} on, for one step. */
  public record Point(
      Instant at,
      Counts n,
      OptionalDouble p10,
      OptionalDouble p50,
      OptionalDouble p90,
      OptionalDouble mean) {}

  /** One group's points, in the order of time; a step without cells has none. */
  public record Group(String key, List<Point> points) {
    public Group {
      points = List.copyOf(points);
    }
  }

  /** Series of each group that the samples name. */
  public static Series of(
      Metric metric, Dimension by, Step step, SampleSource.Samples samples, Instant computedAt) {
    List<Group> groups = new ArrayList<>();
    Comparer.cellsByGroup(metric, samples.all())
        .forEach((key, cells) -> groups.add(new Group(key, points(metric, step, key, cells))));
    return new Series(metric, by, metric.unit(), computedAt, Comparer.METHOD, step, groups);
  }

  private static List<Point> points(Metric metric, Step step, String key, List<Cell> cells) {
    Map<Instant, List<Cell>> bySlot =
        cells.stream()
            .collect(
                Collectors.groupingBy(
                    c -> step.floor(c.videoSlot().slot()), TreeMap::new, Collectors.toList()));
    List<Point> points = new ArrayList<>();
    bySlot.forEach(
        (at, members) ->
            points.add(point(metric, at, GroupStatistics.of(key, members, metric.centre()))));
    return points;
  }

  private static Point point(Metric metric, Instant at, GroupStatistics statistics) {
    WeightedValues shown = statistics.shown();
    return new Point(
        at,
        statistics.counts(),
        GroupStatistics.finite(shown.quantile(0.1)),
        GroupStatistics.finite(shown.quantile(0.5)),
        GroupStatistics.finite(shown.quantile(0.9)),
        metric.centre() == Metric.Centre.MEAN
            ? GroupStatistics.finite(shown.mean())
            : OptionalDouble.empty());
  }
}
