package org.vidtomo.dashboard.compare;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.OptionalDouble;
import org.vidtomo.core.wire.WireName;
import org.vidtomo.dashboard.compare.Comparison.Counts;
import org.vidtomo.dashboard.compare.Comparison.Interval;

/**
 * The answer to {@code /api/v1/series}: each group's quantiles over time.
 *
 * @param leftOut what does not take part, and why
 * @param from when the first step begins that has a point
 * @param to when the last one ends
 */
public record Series(
    Metric metric,
    Dimension by,
    String unit,
    Instant computedAt,
    String method,
    Optional<String> leftOut,
    Step step,
    Optional<Instant> from,
    Optional<Instant> to,
    List<Group> groups) {

  public Series {
    groups = List.copyOf(groups);
  }

  /** How long each point of the series is. */
  public enum Step implements WireName {
    HOUR(Duration.ofHours(1)),
    DAY(Duration.ofDays(1));

    /** Of more points than a week has hours none can be told from the next. */
    private static final Duration MOST_HOURS = Duration.ofDays(8);

    private final Duration length;

    Step(Duration length) {
      this.length = length;
    }

    /** For as long as this, unless another is asked for. */
    public static Step of(Duration span) {
      return span.compareTo(MOST_HOURS) <= 0 ? HOUR : DAY;
    }

    /** The step that a time lies in, counted from 1970. */
    public long number(Instant at) {
      return Math.floorDiv(at.getEpochSecond(), length.toSeconds());
    }

    /** Whether a step begins with an hour. */
    public boolean isBegunBy(Instant hour) {
      return start(number(hour)).equals(hour);
    }

    /** When a step begins. */
    public Instant start(long number) {
      return Instant.ofEpochSecond(number * length.toSeconds());
    }
  }

  /**
   * Values of the cells scheduled from {@code at} on, for one step.
   *
   * @param interval of the median, of a ratio's mean; from five agents on
   */
  public record Point(
      Instant at,
      Counts n,
      OptionalDouble p10,
      OptionalDouble p50,
      OptionalDouble p90,
      OptionalDouble mean,
      Optional<Interval> interval) {

    /** A point of cells that lie so. */
    public static Point of(Instant at, Spread spread) {
      return new Point(
          at,
          spread.n(),
          spread.p10(),
          spread.p50(),
          spread.p90(),
          spread.mean(),
          spread.interval());
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
      Metric metric,
      Dimension by,
      Step step,
      List<Group> groups,
      Optional<String> leftOut,
      Instant computedAt) {
    LongSummaryStatistics steps =
        groups.stream()
            .flatMap(group -> group.points().stream())
            .mapToLong(point -> step.number(point.at()))
            .summaryStatistics();
    boolean any = steps.getCount() > 0;
    return new Series(
        metric,
        by,
        metric.unit(),
        computedAt,
        Comparer.METHOD,
        leftOut,
        step,
        any ? Optional.of(step.start(steps.getMin())) : Optional.empty(),
        any ? Optional.of(step.start(steps.getMax() + 1)) : Optional.empty(),
        groups);
  }
}
