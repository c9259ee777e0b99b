package org.vidtomo.dashboard.index;

import java.util.Arrays;

/**
 * Of the cells that are added, those of the video-slots that come first in their order (see {@link
 * org.vidtomo.dashboard.compare.CellTable}): so many, and whatever else is of the last one's
 * video-slot. In whatever order they are added, the same ones stay. Not thread-safe.
 */
final class LowestCells {
  private static final int INITIAL = 32;

  /**
   * Of an order's bits so many make room for a place; those left are enough to tell slots apart.
   */
  private static final int PLACE_BITS = 24;

  private final int most;
  private long limit = Long.MAX_VALUE;
  private int size;
  private long[] orders = new long[INITIAL];
  private int[] lines = new int[INITIAL];
  private int[] videos = new int[INITIAL];
  private int[] hours = new int[INITIAL];
  private double[] values = new double[INITIAL];
  private double[] failed = new double[INITIAL];

  LowestCells(int most) {
    this.most = most;
  }

  /** Whether a cell of such a video-slot may stay. */
  boolean wants(long order) {
    return order <= limit;
  }

  /**
   * Takes a cell.
   *
   * @param order of its video-slot
   * @param hour since 1970
   */
  void add(long order, int line, int video, int hour, double value, double failedShare) {
    if (!wants(order)) {
      return;
    }
    if (size == orders.length) {
      makeRoom();
      if (!wants(order)) {
        return;
      }
    }
    orders[size] = order;
    lines[size] = line;
    videos[size] = video;
    hours[size] = hour;
    values[size] = value;
    failed[size++] = failedShare;
  }

  /** Takes those that another kept. */
  void addAll(LowestCells others) {
    for (int i = 0; i < others.size; i++) {
      add(
          others.orders[i],
          others.lines[i],
          others.videos[i],
          others.hours[i],
          others.values[i],
          others.failed[i]);
    }
  }

  private void makeRoom() {
    if (size >= 2 * most) {
      leaveOut(most);
    }
    if (2 * size > orders.length) {
      grow();
    }
  }

  private void grow() {
    int length = 2 * orders.length;
    orders = Arrays.copyOf(orders, length);
    lines = Arrays.copyOf(lines, length);
    videos = Arrays.copyOf(videos, length);
    hours = Arrays.copyOf(hours, length);
    values = Arrays.copyOf(values, length);
    failed = Arrays.copyOf(failed, length);
  }

  /** Leaves out what comes too late in the order for so many. */
  void leaveOut(int wanted) {
    if (size <= wanted) {
      return;
    }
    limit = smallest(Arrays.copyOf(orders, size), wanted - 1);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (orders[i] <= limit) {
        move(i, kept++);
      }
    }
    size = kept;
  }

  /** The one that would be at a place if they were sorted (Hoare's FIND); moves them about. */
  private static long smallest(long[] of, int place) {
    int low = 0;
    int high = of.length - 1;
    while (low < high) {
      long pivot = of[(low + high) >>> 1];
      int left = low;
      int right = high;
      while (left <= right) {
        while (of[left] < pivot) {
          left++;
        }
        while (of[right] > pivot) {
          right--;
        }
        if (left <= right) {
          long kept = of[left];
          of[left++] = of[right];
          of[right--] = kept;
        }
      }
      if (place <= right) {
        high = right;
      } else if (place >= left) {
        low = left;
      } else {
        return of[place];
      }
    }
    return of[place];
  }

  private void move(int from, int to) {
    orders[to] = orders[from];
    lines[to] = lines[from];
    videos[to] = videos[from];
    hours[to] = hours[from];
    values[to] = values[from];
    failed[to] = failed[from];
  }

  /** The cells' places, by the order of their video-slots. */
  int[] inOrder() {
    long mask = (1L << PLACE_BITS) - 1;
    long[] sorted = new long[size];
    for (int cell = 0; cell < size; cell++) {
      sorted[cell] = orders[cell] & ~mask | cell;
    }
    Arrays.sort(sorted);
    return Arrays.stream(sorted).mapToInt(each -> (int) (each & mask)).toArray();
  }

  int size() {
    return size;
  }

  int line(int cell) {
    return lines[cell];
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
