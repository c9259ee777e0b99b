package org.vidtomo.dashboard.compare;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
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

    /** The step that a time lies in, counted from 1970. */
    public long number(Instant at) {
      return Math.floorDiv(at.getEpochSecond(), length.toSeconds());
    }

    /** When a step begins. */
    public Instant start(long number) {
      return Instant.ofEpochSecond(number * length.toSeconds());
    }
  }

  /** Values of the cells scheduled from {@code at} on, for one step. */
  public record Point(
      Instant at,
      Counts n,
      OptionalDouble p10,
      OptionalDouble p50,
      OptionalDouble p90,
      OptionalDouble mean) {

    /**
     * A point of these values.
     *
     * @param values at least one, in any order; of ratios the agents' means
     * @param weights one for each value
     */
    public static Point of(Metric metric, Instant at, Counts n, double[] values, double[] weights) {
      WeightedValues shown = WeightedValues.of(values, weights);
      return new Point(
          at,
          n,
          GroupStatistics.finite(shown.quantile(0.1)),
          GroupStatistics.finite(shown.quantile(0.5)),
          GroupStatistics.finite(shown.quantile(0.9)),
          metric.centre() == Metric.Centre.MEAN
              ? GroupStatistics.finite(shown.mean())
              : OptionalDouble.empty());
    }
  }

  /** One group's points, in the order of time; a step without cells has none. */
  public record Group(String key, List<Point> points) {
    public Group {
      points = List.copyOf(points);
    }
  }

  /** A series of these groups. */
  public static Series of(
      Metric metric, Dimension by, Step step, List<Group> groups, Instant computedAt) {
    return new Series(metric, by, metric.unit(), computedAt, Comparer.METHOD, step, groups);
  }
}
