package org.vidtomo.dashboard.index;

import java.util.Arrays;

/**
 * Of the cells that are added, those of the video-slots that come first in their order (see {@link org.vidtomo.dashboard.compare.CellTable}): so
 * many, and whatever else is of the last one's video-slot. In whatever order they are added, the
 * same ones stay. Not thread-safe.
 */
final class LowestCells {
  private static final int INITIAL = 32;

  private final int most;
  private long limit = Long.MAX_VALUE;
  private int size;
  private long[] orders = new long[INITIAL];
  private int[] agents = new int[INITIAL];
  private int[] prefixes = new int[INITIAL];
  private int[] videos = new int[INITIAL];
  private int[] hours = new int[INITIAL];
  private double[] values = new double[INITIAL];
  private double[] failed = new double[INITIAL];

  LowestCells(int most) {
    this.most = most;
  }

  /**
   * Takes a cell.
   *
   * @param order of its video-slot
   * @param hour since 1970
   */
  void add(
      long order, int agent, int prefix, int video, int hour, double value, double failedShare) {
    if (order > limit) {
      return;
    }
    if (size == orders.length) {
      makeRoom();
      if (order > limit) {
        return;
      }
    }
    orders[size] = order;
    agents[size] = agent;
    prefixes[size] = prefix;
    videos[size] = video;
    hours[size] = hour;
    values[size] = value;
    failed[size++] = failedShare;
  }

  private void makeRoom() {
    if (size >= 2 * most) {
      leaveOut();
    }
    if (2 * size > orders.length) {
      grow();
    }
  }

  private void grow() {
    int length = 2 * orders.length;
    orders = Arrays.copyOf(orders, length);
    agents = Arrays.copyOf(agents, length);
    prefixes = Arrays.copyOf(prefixes, length);
    videos = Arrays.copyOf(videos, length);
    hours = Arrays.copyOf(hours, length);
    values = Arrays.copyOf(values, length);
    failed = Arrays.copyOf(failed, length);
  }

  /** Leaves out what comes too late in the order. */
  void leaveOut() {
    if (size <= most) {
      return;
    }
    long[] sorted = Arrays.copyOf(orders, size);
    Arrays.sort(sorted);
    limit = sorted[most - 1];
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (orders[i] <= limit) {
        move(i, kept++);
      }
    }
    size = kept;
  }

  private void move(int from, int to) {
    orders[to] = orders[from];
    agents[to] = agents[from];
    prefixes[to] = prefixes[from];
    videos[to] = videos[from];
    hours[to] = hours[from];
    values[to] = values[from];
    failed[to] = failed[from];
  }

  int size() {
    return size;
  }

  int agent(int cell) {
    return agents[cell];
  }

  int prefix(int cell) {
    return prefixes[cell];
  }

  int video(int cell) {
    return videos[cell];
  }

  /** Names a video-slot within one snapshot. */
  long videoSlot(int cell) {
    return ((long) hours[cell] << Integer.SIZE) | videos[cell];
  }

  double value(int cell) {
    return values[cell];
  }

  double failed(int cell) {
    return failed[cell];
  }
}
