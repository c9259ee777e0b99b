package org.vidtomo.dashboard.compare;

/** The cells of a table by video-slot, within each in the order of groups. Immutable. */
final class SlotIndex {
  private final int[] start;
  private final int[] cells;
  private final long[] groups;
  private final int filled;

  SlotIndex(CellTable table) {
    start = new int[table.videoSlots() + 1];
    for (int cell = 0; cell < table.size(); cell++) {
      start[table.videoSlot(cell) + 1]++;
    }
    int found = 0;
    for (int slot = 0; slot < table.videoSlots(); slot++) {
      found += start[slot + 1] > 0 ? 1 : 0;
      start[slot + 1] += start[slot];
    }
    filled = found;
    cells = new int[table.size()];
    groups = new long[table.videoSlots()];
    int[] next = start.clone();
    for (int cell = 0; cell < table.size(); cell++) {
      int slot = table.videoSlot(cell);
      cells[next[slot]++] = cell;
      groups[slot] |= 1L << table.group(cell);
    }
  }

  /** Where a video-slot's cells begin. */
  int start(int slot) {
    return start[slot];
  }

  int cell(int at) {
    return cells[at];
  }

  /** The groups that have each video-slot, as bits: right for at most 64 groups. */
  long[] groups() {
    return groups;
  }

  /** Video-slots that have a cell. */
  int filled() {
    return filled;
  }
}
