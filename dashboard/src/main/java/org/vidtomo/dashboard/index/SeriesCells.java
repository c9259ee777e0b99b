package org.vidtomo.dashboard.index;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.vidtomo.dashboard.compare.Dimension;
import org.vidtomo.dashboard.compare.Metric;
import org.vidtomo.dashboard.compare.Series;

/**
 * Puts cells into the points of a series, step by step: one for each group. All cells of a step
 * come to the same. Not thread-safe.
 */
final class SeriesCells implements CellScan.Cells<SeriesCells> {
  private final List<String> keys;
  private final Metric metric;
  private final Series.Step step;
  private final List<List<Series.Point>> points;
  private final PointCells atHand;
  private long stepAtHand;

  /**
   * No cells yet.
   *
   * @param keys of the groups, by number
   */
  SeriesCells(Names names, List<String> keys, Metric metric, Series.Step step) {
    this.keys = keys;
    this.metric = metric;
    this.step = step;
    points = keys.stream().<List<Series.Point>>map(key -> new ArrayList<>()).toList();
    atHand = new PointCells(names, metric);
  }

  @Override
  public void hour(Instant hour) {
    if (step.number(hour) != stepAtHand) {
      endStep();
      stepAtHand = step.number(hour);
    }
  }

  @Override
  public void cell(int group, int line, int video, double value, double failed) {
    atHand.add(group, line, video, value);
  }

  @Override
  public void end() {
    endStep();
  }

  private void endStep() {
    Instant start = step.start(stepAtHand);
    atHand.each(
        keys.size(), (spread, group) -> points.get(group).add(Series.Point.of(start, spread)));
  }

  @Override
  public void addAll(SeriesCells later) {
    for (int group = 0; group < points.size(); group++) {
      points.get(group).addAll(later.points.get(group));
    }
  }

  /** The points that have cells. */
  Series series(Dimension by, Optional<String> leftOut, Instant computedAt) {
    List<Series.Group> groups =
        IntStream.range(0, keys.size())
            .filter(group -> !points.get(group).isEmpty())
            .mapToObj(group -> new Series.Group(keys.get(group), points.get(group)))
            .sorted(Comparator.comparing(Series.Group::key))
            .toList();
    return Series.of(metric, by, step, groups, leftOut, computedAt);
  }
}
