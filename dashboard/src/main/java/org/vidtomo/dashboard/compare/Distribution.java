package org.vidtomo.dashboard.compare;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.vidtomo.dashboard.compare.Comparison.Counts;

/**
 * The answer to {@code /api/v1/distribution}: the weighted empirical distribution of each group's
 * cells, of a ratio its agents' means.
 */
public record Distribution(
    Metric metric,
    Dimension by,
    String unit,
    Instant computedAt,
    String method,
    Optional<String> leftOut,
    List<Group> groups) {
  private static final int MAX_POINTS = 200;

  public Distribution {
    groups = List.copyOf(groups);
  }

  /** The share at or below a value; in JSON {@code [value, share]}. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"value", "share"})
  public record Point(double value, double share) {}

  /**
   * One group's curve, which ends below 1 where values are infinite.
   *
   * @param points rising, at most {@value Distribution#MAX_POINTS}
   */
  public record Group(String key, Counts n, List<Point> points) {
    public Group {
      points = List.copyOf(points);
    }
  }

  /** Distribution of each group of a table. */
  public static Distribution of(Metric metric, Dimension by, CellTable cells, Instant computedAt) {
    List<Group> groups =
        IntStream.range(0, cells.groups().size())
            .mapToObj(group -> group(new GroupStatistics(cells, group, metric.centre())))
            .toList();
    return new Distribution(
        metric, by, metric.unit(), computedAt, Comparer.METHOD, cells.leftOut(), groups);
  }

  private static Group group(GroupStatistics statistics) {
    WeightedValues shown = statistics.shown();
    double[] values = shown.values();
    double[] shares = shown.cumulativeShares();
    List<Point> points = new ArrayList<>();
    double step = 1.0 / MAX_POINTS;
    double due = 0;
    for (int i = 0; i < values.length && Double.isFinite(values[i]); i++) {
      boolean last = i + 1 == values.length || !Double.isFinite(values[i + 1]);
      boolean tied = !last && values[i] == values[i + 1];
      if (!tied && (last || shares[i] >= due)) {
        points.add(new Point(values[i], Math.rint(shares[i] * 1e6) / 1e6));
        due = shares[i] + step;
      }
    }
    return new Group(statistics.key(), statistics.counts(), points);
  }
}
