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

/** Puts cells into the points of a series: one for each group and step. Not thread-safe. */
final class SeriesCells implements CellScan.Cells<SeriesCells> {
  private final List<String> keys;
  private final Metric metric;
  private final Series.Step step;
  private final long firstStep;
  private final int steps;
  private final PointCells cells;

  private int stepAtHand;

  /**
   * No cells yet.
   *
   * @param keys of the groups, by number
   */
  SeriesCells(Snapshot snapshot, List<String> keys, Metric metric, Series.Step step) {
    this.keys = keys;
    this.metric = metric;
    this.step = step;
    List<Segment> segments = snapshot.segments();
    firstStep = segments.isEmpty() ? 0 : step.number(segments.get(0).hour());
    long last = segments.isEmpty() ? -1 : step.number(segments.get(segments.size() - 1).hour());
    steps = (int) (last - firstStep + 1);
    cells = new PointCells(snapshot.names(), metric);
  }

  @Override
  public void hour(Instant hour) {
    stepAtHand = (int) (step.number(hour) - firstStep);
  }

  @Override
  public void cell(int group, int line, int video, double value, double failed) {
    cells.add(group * steps + stepAtHand, line, video, value);
  }

  @Override
  public void addAll(SeriesCells others) {
    cells.addAll(others.cells);
  }

  /** The points that have cells. */
  Series series(Dimension by, Optional<String> leftOut, Instant computedAt) {
    List<List<Series.Point>> points = new ArrayList<>();
    keys.forEach(key -> points.add(new ArrayList<>()));
    cells.each(
        keys.size() * steps,
        (point, spread) ->
            points
                .get(point / steps)
                .add(Series.Point.of(step.start(firstStep + point % steps), spread)));
    List<Series.Group> groups =
        IntStream.range(0, keys.size())
            .filter(group -> !points.get(group).isEmpty())
            .mapToObj(group -> new Series.Group(keys.get(group), points.get(group)))
            .sorted(Comparator.comparing(Series.Group::key))
            .toList();
    return Series.of(metric, by, step, groups, leftOut, computedAt);
  }
}
