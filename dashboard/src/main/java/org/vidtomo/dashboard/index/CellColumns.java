package org.vidtomo.dashboard.index;

import java.util.Arrays;

/** Cells in columns, as many as are added. Not thread-safe. */
final class CellColumns {
  private static final int INITIAL = 1_024;

  int size;
  int[] point = new int[INITIAL];
  int[] line = new int[INITIAL];
  int[] video = new int[INITIAL];
  double[] value = new double[INITIAL];

  void add(int ofPoint, int ofLine, int ofVideo, double itsValue) {
    if (size == point.length) {
      int length = 2 * size;
      point = Arrays.copyOf(point, length);
      line = Arrays.copyOf(line, length);
      video = Arrays.copyOf(video, length);
      value = Arrays.copyOf(value, length);
    }
    point[size] = ofPoint;
    line[size] = ofLine;
    video[size] = ofVideo;
    value[size++] = itsValue;
  }

  void clear() {
    size = 0;
  }

  void addAll(CellColumns others) {
    for (int i = 0; i < others.size; i++) {
      add(others.point[i], others.line[i], others.video[i], others.value[i]);
    }
  }

  /**
   * The cells' places, point by point.
   *
   * @param ends one for each point; is given the place after its last cell
   */
  int[] byPoint(int[] ends) {
    int[] next = new int[ends.length + 1];
    for (int i = 0; i < size; i++) {
      next[point[i] + 1]++;
    }
    for (int i = 0; i < ends.length; i++) {
      next[i + 1] += next[i];
      ends[i] = next[i + 1];
    }
    int[] places = new int[size];
    for (int i = 0; i < size; i++) {
      places[next[point[i]]++] = i;
    }
    return places;
  }
}
