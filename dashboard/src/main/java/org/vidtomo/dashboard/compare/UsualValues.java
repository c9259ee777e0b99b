package org.vidtomo.dashboard.compare;

import java.util.Arrays;
import org.vidtomo.dashboard.compare.Metric.Centre;

/** What is usual for each video-slot, apart from who measured it; see {@link AgentScores}. */
final class UsualValues {
  /** Each turn leaves of an error the part that one agent has in a video-slot; 2 % are left. */
  private static final double ERROR_LEFT = 0.02;

  private static final int MOST_TURNS = 8;

  private final CellTable table;
  private final SlotIndex slots;
  private final int[] firstCell;
  private final Centre centre;
  private final double[] usual;
  private final double[] scores;
  private final double[] buffer;

  UsualValues(CellTable table, SlotIndex slots, int[] firstCell, Centre centre) {
    this.table = table;
    this.slots = slots;
    this.firstCell = firstCell;
    this.centre = centre;
    usual = new double[table.videoSlots()];
    scores = new double[firstCell.length - 1];
    buffer = new double[table.size()];
  }

  /** By video-slot; infinite ones bounded. */
  double[] find() {
    int[] unitOf = new int[table.size()];
    for (int unit = 0; unit < scores.length; unit++) {
      Arrays.fill(unitOf, firstCell[unit], firstCell[unit + 1], unit);
    }
    int turns = turns();
    for (int turn = 0; turn < turns; turn++) {
      for (int slot = 0; slot < usual.length; slot++) {
        usual[slot] = usual(slot, unitOf);
      }
      if (turn + 1 < turns) {
        for (int unit = 0; unit < scores.length; unit++) {
          scores[unit] = score(unit);
        }
      }
    }
    return usual;
  }

  private int turns() {
    double perSlot = (double) table.size() / Math.max(1, slots.filled());
    double needed = Math.log(ERROR_LEFT) / -Math.log(Math.max(perSlot, 1.1));
    return (int) Math.max(2, Math.min(MOST_TURNS, Math.ceil(needed)));
  }

  /** What an agent that mostly fails measured tells nothing of the video. */
  private double usual(int slot, int[] unitOf) {
    int found = 0;
    for (int i = slots.start(slot); i < slots.start(slot + 1); i++) {
      double score = scores[unitOf[slots.cell(i)]];
      if (!HodgesLehmann.isInfinite(score)) {
        buffer[found++] = HodgesLehmann.bounded(table.value(slots.cell(i))) - score;
      }
    }
    if (found == 0) {
      for (int i = slots.start(slot); i < slots.start(slot + 1); i++) {
        buffer[found++] = HodgesLehmann.bounded(table.value(slots.cell(i)));
      }
    }
    return found == 0 ? 0 : Middles.of(buffer, 0, found, centre);
  }

  private double score(int unit) {
    int count = firstCell[unit + 1] - firstCell[unit];
    for (int i = 0; i < count; i++) {
      int cell = firstCell[unit] + i;
      buffer[i] = HodgesLehmann.bounded(table.value(cell)) - usual[table.videoSlot(cell)];
    }
    return Middles.of(buffer, 0, count, centre);
  }
}
