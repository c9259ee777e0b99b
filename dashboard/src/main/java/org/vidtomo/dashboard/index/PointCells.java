package org.vidtomo.dashboard.index;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import org.vidtomo.dashboard.compare.Comparison.Counts;
import org.vidtomo.dashboard.compare.Metric;
import org.vidtomo.dashboard.compare.Spread;

/** Cells put to points, and how those of each point lie. Not thread-safe. */
final class PointCells {
  /** Fewer cells are not worth sharing out among processors. */
  private static final int LEAST_SHARE = 20_000;

  private final Names names;
  private final Metric metric;
  private final CellColumns cells = new CellColumns();
  private final Counting counting;

  PointCells(Names names, Metric metric) {
    this.names = names;
    this.metric = metric;
    counting = new Counting();
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
    int[] ends = new int[points];
    int[] places = cells.byPoint(ends);
    Spread[] spreads = new Spread[points];
    int shares = Math.min(Runtime.getRuntime().availableProcessors(), 1 + cells.size / LEAST_SHARE);
    if (shares == 1) {
      spread(places, ends, 0, points, counting, spreads);
    } else {
      IntStream.range(0, shares)
          .parallel()
          .forEach(
              share ->
                  spread(
                      places,
                      ends,
                      (int) ((long) points * share / shares),
                      (int) ((long) points * (share + 1) / shares),
                      new Counting(),
                      spreads));
    }
    for (int point = 0; point < points; point++) {
      if (spreads[point] != null) {
        action.accept(spreads[point], point);
      }
    }
    cells.clear();
  }

  private void spread(int[] places, int[] ends, int from, int to, Counting by, Spread[] spreads) {
    for (int point = from; point < to; point++) {
      int first = point == 0 ? 0 : ends[point - 1];
      if (first < ends[point]) {
        spreads[point] = by.spread(Arrays.copyOfRange(places, first, ends[point]));
      }
    }
  }

  /** Counts agents, prefixes and videos of one point after the other. */
  private final class Counting {
    private final int[] numberOf = new int[names.agents()];
    private final Distinct agents = new Distinct(names.agents());
    private final Distinct prefixes = new Distinct(names.prefixes());
    private final Distinct videos = new Distinct(names.videos().length);

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
          new Counts(
              members.length, agents.count, prefixes.count, videos.count, OptionalInt.empty());
      return Spread.of(metric, counts, values, agentOf, agents.count);
    }
  }
}
