package org.vidtomo.dashboard.compare;

import java.util.Arrays;
import java.util.BitSet;

/** What every two groups have in common, counted in one pass over the video-slots. */
final class CommonSlots {
  private final int groups;
  private final int[] videoSlots;
  private final int[] cells;
  private final double[] dominance;
  private final double[] usual;
  private final int[] usualSlots;
  private final BitSet[] videos;

  CommonSlots(CellTable table, SlotIndex slots, UsualValues usualValues) {
    groups = table.groups().size();
    videoSlots = new int[groups * groups];
    cells = new int[groups * groups];
    dominance = new double[groups * groups];
    usual = new double[groups * groups];
    usualSlots = new int[groups * groups];
    videos = new BitSet[groups * groups];
    Arrays.setAll(videos, i -> new BitSet());
    Runs runs = new Runs(table, slots, groups);
    for (int slot = 0; slot < table.videoSlots(); slot++) {
      runs.read(slot);
      add(runs, table.video(slot), usualValues.of(slot));
    }
  }

  private void add(Runs runs, int video, double usualOfSlot) {
    for (int i = 0; i < runs.count; i++) {
      for (int j = i + 1; j < runs.count; j++) {
        int pair = runs.group[i] * groups + runs.group[j];
        videoSlots[pair]++;
        cells[pair] += runs.start[i + 1] - runs.start[i] + runs.start[j + 1] - runs.start[j];
        dominance[pair] += runs.dominance(i, j);
        videos[pair].set(video);
        if (!HodgesLehmann.isInfinite(usualOfSlot)) {
          usual[pair] += usualOfSlot;
          usualSlots[pair]++;
        }
      }
    }
  }

  /** Video-slots that both have. */
  int videoSlots(int a, int b) {
    return videoSlots[a * groups + b];
  }

  /** Cells of both in these. */
  int cells(int a, int b) {
    return cells[a * groups + b];
  }

  /** Videos of these. */
  int videos(int a, int b) {
    return videos[a * groups + b].cardinality();
  }

  /** The mean of what is usual for these, of those where that is finite; 0 for none. */
  double usual(int a, int b) {
    int found = usualSlots[a * groups + b];
    return found == 0 ? 0 : usual[a * groups + b] / found;
  }

  /**
   * Cliff's delta within each video-slot (Cliff, "Dominance statistics", Psychological Bulletin
   * 114(3), 1993), averaged over the video-slots that both have.
   */
  double dominance(int a, int b) {
    return dominance[a * groups + b] / videoSlots(a, b);
  }

  /** The values of one video-slot, ascending within each group. */
  private static final class Runs {
    private final CellTable table;
    private final SlotIndex slots;
    private final int[] group;
    private final int[] start;
    private double[] values = new double[64];
    private int count;

    Runs(CellTable table, SlotIndex slots, int groups) {
      this.table = table;
      this.slots = slots;
      group = new int[groups];
      start = new int[groups + 1];
    }

    void read(int slot) {
      int from = slots.start(slot);
      int size = slots.start(slot + 1) - from;
      if (values.length < size) {
        values = new double[2 * size];
      }
      count = 0;
      for (int i = 0; i < size; i++) {
        int cell = slots.cell(from + i);
        if (i == 0 || table.group(cell) != group[count - 1]) {
          group[count] = table.group(cell);
          start[count++] = i;
        }
        values[i] = table.value(cell);
      }
      start[count] = size;
      for (int run = 0; run < count; run++) {
        Arrays.sort(values, start[run], start[run + 1]);
      }
    }

    /** By going through both in order at once. */
    double dominance(int a, int b) {
      long sum = 0;
      int below = start[b];
      int notAbove = start[b];
      for (int i = start[a]; i < start[a + 1]; i++) {
        while (below < start[b + 1] && values[below] < values[i]) {
          below++;
        }
        while (notAbove < start[b + 1] && values[notAbove] <= values[i]) {
          notAbove++;
        }
        sum += (below - start[b]) - (start[b + 1] - notAbove);
      }
      return (double) sum / (start[a + 1] - start[a]) / (start[b + 1] - start[b]);
    }
  }
}
