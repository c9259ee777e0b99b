package org.vidtomo.dashboard.index;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.vidtomo.dashboard.compare.Comparison.Counts;
import org.vidtomo.dashboard.compare.Dimension;
import org.vidtomo.dashboard.compare.Metric;
import org.vidtomo.dashboard.compare.Metric.Centre;
import org.vidtomo.dashboard.compare.Series;

/** Puts cells into the points of a series: one for each group and step. Not thread-safe. */
final class SeriesCells implements CellScan.Cells<SeriesCells> {
  private final Names names;
  private final List<String> keys;
  private final Series.Step step;
  private final long firstStep;
  private final int steps;
  private final CellColumns cells = new CellColumns();

  private int stepAtHand;

  // Of the point at hand.
  private final int[] cellsOfAgent;
  private final double[] sumOfAgent;
  private final Distinct agents;
  private final Distinct prefixes;
  private final Distinct videos;

  /**
   * No cells yet.
   *
   * @param keys of the groups, by number
   */
  SeriesCells(Snapshot snapshot, List<String> keys, Series.Step step) {
    names = snapshot.names();
    this.keys = keys;
    this.step = step;
    List<Segment> segments = snapshot.segments();
    firstStep = segments.isEmpty() ? 0 : step.number(segments.get(0).hour());
    long last = segments.isEmpty() ? -1 : step.number(segments.get(segments.size() - 1).hour());
    steps = (int) (last - firstStep + 1);
    cellsOfAgent = new int[names.agents()];
    sumOfAgent = new double[names.agents()];
    agents = new Distinct(names.agents());
    prefixes = new Distinct(names.prefixes());
    videos = new Distinct(names.videos().length);
  }

  /** Counts different numbers of one point after the other. */
  private static final class Distinct {
    private final int[] seenIn;
    private int point;
    private int count;

    private Distinct(int numbers) {
      seenIn = new int[numbers];
    }

    private void begin() {
      point++;
      count = 0;
    }

    private void add(int number) {
      if (number >= 0 && seenIn[number] != point) {
        seenIn[number] = point;
        count++;
      }
    }
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
  Series series(Metric metric, Dimension by, Instant computedAt) {
    int[] places = cells.byPoint(keys.size() * steps);
    List<List<Series.Point>> points = new ArrayList<>();
    keys.forEach(key -> points.add(new ArrayList<>()));
    for (int from = 0; from < places.length; ) {
      int point = cells.point[places[from]];
      int to = from;
      while (to < places.length && cells.point[places[to]] == point) {
        to++;
      }
      Instant at = step.start(firstStep + point % steps);
      points.get(point / steps).add(point(metric, at, Arrays.copyOfRange(places, from, to)));
      from = to;
    }
    List<Series.Group> groups =
        IntStream.range(0, keys.size())
            .filter(group -> !points.get(group).isEmpty())
            .mapToObj(group -> new Series.Group(keys.get(group), points.get(group)))
            .sorted(Comparator.comparing(Series.Group::key))
            .toList();
    return Series.of(metric, by, step, groups, computedAt);
  }

  private Series.Point point(Metric metric, Instant at, int[] members) {
    Counts counts = count(members);
    double[] values = new double[members.length];
    double[] weights = new double[members.length];
    int shown = 0;
    for (int cell : members) {
      int agent = agent(cell);
      double weight = 1.0 / cellsOfAgent[agent];
      sumOfAgent[agent] += cells.value[cell] * weight;
      values[shown] = cells.value[cell];
      weights[shown++] = weight;
    }
    if (metric.centre() == Centre.MEAN) {
      shown = means(members, values, weights);
    }
    for (int cell : members) {
      cellsOfAgent[agent(cell)] = 0;
      sumOfAgent[agent(cell)] = 0;
    }
    return Series.Point.of(
        metric, at, counts, Arrays.copyOf(values, shown), Arrays.copyOf(weights, shown));
  }

  private int agent(int cell) {
    return names.agentOf()[cells.line[cell]];
  }

  private Counts count(int[] members) {
    agents.begin();
    prefixes.begin();
    videos.begin();
    for (int cell : members) {
      agents.add(agent(cell));
      prefixes.add(names.prefixOf()[cells.line[cell]]);
      videos.add(cells.video[cell]);
      cellsOfAgent[agent(cell)]++;
    }
    return new Counts(
        members.length, agents.count, prefixes.count, videos.count, OptionalInt.empty());
  }

  /** Each agent's mean once, all of the same weight; how many there are. */
  private int means(int[] members, double[] values, double[] weights) {
    int shown = 0;
    for (int cell : members) {
      int agent = agent(cell);
      if (cellsOfAgent[agent] > 0) {
        values[shown] = sumOfAgent[agent];
        weights[shown++] = 1;
        cellsOfAgent[agent] = 0;
      }
    }
    return shown;
  }
}
