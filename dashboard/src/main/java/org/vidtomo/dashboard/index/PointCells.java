package org.vidtomo.dashboard.index;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.ObjIntConsumer;
import org.vidtomo.dashboard.compare.Comparison.Counts;
import org.vidtomo.dashboard.compare.Metric;
import org.vidtomo.dashboard.compare.Spread;

/** Cells put to points, and how those of each point lie. Not thread-safe. */
final class PointCells {
  private final Names names;
  private final Metric metric;
  private final CellColumns cells = new CellColumns();

  // Of the point at hand.
  private final int[] numberOf;
  private final Distinct agents;
  private final Distinct prefixes;
  private final Distinct videos;

  PointCells(Names names, Metric metric) {
    this.names = names;
    this.metric = metric;
    numberOf = new int[names.agents()];
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

    /** Whether it is the first of its point. */
    private boolean add(int number) {
      if (number >= 0 && seenIn[number] != point) {
        seenIn[number] = point;
        count++;
        return true;
      }
      return false;
    }
  }

  void add(int point, int line, int video, double value) {
    cells.add(point, line, video, value);
  }

  void addAll(PointCells others) {
    cells.addAll(others.cells);
  }

  /**
   * Tells of each point that has cells, which are forgotten then.
   *
   * @param points one more than the highest
   */
  void each(int points, ObjIntConsumer<Spread> action) {
    int[] places = cells.byPoint(points);
    for (int from = 0; from < places.length; ) {
      int point = cells.point[places[from]];
      int to = from;
      while (to < places.length && cells.point[places[to]] == point) {
        to++;
      }
      action.accept(spread(Arrays.copyOfRange(places, from, to)), point);
      from = to;
    }
    cells.clear();
  }

  private Spread spread(int[] members) {
    agents.begin();
    prefixes.begin();
    videos.begin();
    int[] agentOf = new int[members.length];
    double[] values = new double[members.length];
    for (int i = 0; i < members.length; i++) {
      int line = cells.line[members[i]];
      int agent = names.agentOf()[line];
      if (agents.add(agent)) {
        numberOf[agent] = agents.count - 1;
      }
      prefixes.add(names.prefixOf()[line]);
      videos.add(cells.video[members[i]]);
      agentOf[i] = numberOf[agent];
      values[i] = cells.value[members[i]];
    }
    Counts counts =
        new Counts(members.length, agents.count, prefixes.count, videos.count, OptionalInt.empty());
    return Spread.of(metric, counts, values, agentOf, agents.count);
  }
}
