package org.vidtomo.dashboard.compare;

import java.util.Arrays;
import org.vidtomo.dashboard.compare.Metric.Centre;

/**
 * How each agent of each group does beside all who measured the same videos in the same hours: the
 * middle of its values less what is usual for each video-slot, by {@link Huber}, for ratios the
 * mean. Where effects multiply, that is reckoned with logarithms. Immutable.
 */
final class AgentScores {
  private final CellTable table;
  private final Metric metric;

  /** An agent in a group is a unit; cells of a unit stand together. */
  private final int[] firstCell;

  private final int[] firstUnit;

  /** Of each video-slot, the groups that have it, as bits; and those that all of a unit's have. */
  private final long[] groupsOfSlot;

  private final long[] groupsOfUnit;

  /** Values less what is usual, ascending within each unit, and their video-slots' groups. */
  private final double[] excess;

  private final long[] groupsOfExcess;
  private final double[] overall;
  private final UsualValues usual;
  private final double scale;

  /**
   * Scores all.
   *
   * @param table of at most 64 groups
   */
  AgentScores(CellTable table, SlotIndex slots, Metric metric) {
    this.table = table;
    this.metric = metric;
    firstUnit = new int[table.groups().size() + 1];
    firstCell = units();
    groupsOfSlot = slots.groups();
    usual = new UsualValues(table, slots, firstCell, metric);
    excess = new double[table.size()];
    groupsOfExcess = new long[table.size()];
    groupsOfUnit = new long[firstCell.length - 1];
    overall = new double[groupsOfUnit.length];
    scale = usual.scale();
    for (int unit = 0; unit < groupsOfUnit.length; unit++) {
      fill(unit);
    }
  }

  private int[] units() {
    int[] starts = new int[table.size() + 1];
    int units = 0;
    for (int group = 0; group < table.groups().size(); group++) {
      firstUnit[group] = units;
      for (int cell = table.start(group); cell < table.start(group + 1); cell++) {
        if (cell == table.start(group) || table.agent(cell) != table.agent(cell - 1)) {
          starts[units++] = cell;
        }
      }
    }
    firstUnit[table.groups().size()] = units;
    starts[units] = table.size();
    return Arrays.copyOf(starts, units + 1);
  }

  private void fill(int unit) {
    int from = firstCell[unit];
    int to = firstCell[unit + 1];
    double[] above = new double[to - from];
    for (int i = 0; i < above.length; i++) {
      above[i] = usual.excess(from + i);
    }
    int[] order = Order.ascending(above);
    long all = -1;
    for (int i = 0; i < above.length; i++) {
      excess[from + i] = above[order[i]];
      groupsOfExcess[from + i] = groupsOfSlot[table.videoSlot(from + order[i])];
      all &= groupsOfExcess[from + i];
    }
    groupsOfUnit[unit] = all;
    overall[unit] = centre(excess, from, to);
  }

  private double centre(double[] sorted, int from, int to) {
    return metric.centre() == Centre.MEAN
        ? Middles.ofSorted(sorted, from, to, Centre.MEAN)
        : Huber.ofSorted(sorted, from, to, scale);
  }

  /**
   * The scores of a group's agents over the video-slots that another group has too; NaN for an
   * agent with none of these. In the order of {@link #agent}. Where effects multiply, the logarithm
   * of how many times the usual.
   */
  double[] of(int group, int other) {
    double[] scores = new double[firstUnit[group + 1] - firstUnit[group]];
    double[] buffer = new double[0];
    for (int i = 0; i < scores.length; i++) {
      int unit = firstUnit[group] + i;
      if ((groupsOfUnit[unit] >>> other & 1) == 1) {
        scores[i] = overall[unit];
        continue;
      }
      if (buffer.length < firstCell[unit + 1] - firstCell[unit]) {
        buffer = new double[firstCell[unit + 1] - firstCell[unit]];
      }
      int found = common(unit, other, buffer);
      scores[i] = found == 0 ? Double.NaN : centre(buffer, 0, found);
    }
    return scores;
  }

  /** How many cells each of these scores is made of. */
  int[] commonCells(int group, int other) {
    int[] counts = new int[firstUnit[group + 1] - firstUnit[group]];
    for (int cell = table.start(group); cell < table.start(group + 1); cell++) {
      counts[unitIn(group, cell)] += (int) (groupsOfSlot[table.videoSlot(cell)] >>> other & 1);
    }
    return counts;
  }

  /** Which of its group's agents a cell is of. */
  int unitIn(int group, int cell) {
    return usual.unit(cell) - firstUnit[group];
  }

  /** The scores of a group's agents over all that they measured. */
  double[] of(int group) {
    return Arrays.copyOfRange(overall, firstUnit[group], firstUnit[group + 1]);
  }

  private int common(int unit, int other, double[] buffer) {
    int found = 0;
    for (int cell = firstCell[unit]; cell < firstCell[unit + 1]; cell++) {
      if ((groupsOfExcess[cell] >>> other & 1) == 1) {
        buffer[found++] = excess[cell];
      }
    }
    return found;
  }

  /** The number of a group's i-th agent; they ascend. */
  int agent(int group, int i) {
    return table.agent(firstCell[firstUnit[group] + i]);
  }

  /** What is usual for each video-slot. */
  UsualValues usual() {
    return usual;
  }
}
