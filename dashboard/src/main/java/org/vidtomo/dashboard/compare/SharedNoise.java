package org.vidtomo.dashboard.compare;

import java.util.stream.IntStream;

/**
 * What agents' scores scatter by leaves out where few measured a video-slot: there what is usual
 * takes in part of each one's own noise, so that scores scatter less than they err, and those of
 * two groups err against each other. With one agent of each of two ISPs it is half of the noise.
 */
final class SharedNoise {
  /** Where so many measured a video-slot, less than a tenth of the noise is left out. */
  private static final int MANY = 12;

  private final CellTable table;
  private final SlotIndex slots;
  private final AgentScores scores;
  private final int[] slotsOfFew;
  private final double noise;

  SharedNoise(CellTable table, SlotIndex slots, AgentScores scores) {
    this.table = table;
    this.slots = slots;
    this.scores = scores;
    slotsOfFew =
        IntStream.range(0, table.videoSlots())
            .filter(slot -> slots.start(slot + 1) - slots.start(slot) < MANY)
            .toArray();
    noise = slotsOfFew.length == 0 ? 0 : scores.usual().noise();
  }

  /**
   * The variance that is left out of the difference of two groups' mean scores, in scores.
   *
   * <p>With weights c of the cells in it (negative for b), m cells in the video-slot and δ the sum
   * of c, the noise of a video-slot adds Σc² − δ²/m, and what scatters is Σc² (1 − 1/m).
   */
  double leftOut(int a, int b) {
    if (slotsOfFew.length == 0) {
      return 0;
    }
    double[] weightsA = weights(scores.commonCells(a, b));
    double[] weightsB = weights(scores.commonCells(b, a));
    long both = 1L << a | 1L << b;
    double sum = 0;
    for (int slot : slotsOfFew) {
      int from = slots.start(slot);
      int to = slots.start(slot + 1);
      if ((slots.groups()[slot] & both) != both) {
        continue;
      }
      double squares = 0;
      double balance = 0;
      for (int i = from; i < to; i++) {
        int cell = slots.cell(i);
        int group = table.group(cell);
        if (group == a || group == b) {
          int unit = scores.unitIn(group, cell);
          double weight = group == a ? weightsA[unit] : -weightsB[unit];
          squares += weight * weight;
          balance += weight;
        }
      }
      sum += (squares - balance * balance) / (to - from);
    }
    return Math.max(0, sum) * noise;
  }

  /** Each agent weighs the same, and each of its cells. */
  private static double[] weights(int[] cells) {
    int agents = 0;
    for (int count : cells) {
      agents += count > 0 ? 1 : 0;
    }
    double[] weights = new double[cells.length];
    for (int i = 0; i < cells.length; i++) {
      weights[i] = cells[i] == 0 ? 0 : 1.0 / agents / cells[i];
    }
    return weights;
  }
}
