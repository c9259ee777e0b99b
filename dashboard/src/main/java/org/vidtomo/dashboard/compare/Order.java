package org.vidtomo.dashboard.compare;

/** Sorts places by the values there, without an object for each. */
final class Order {
  private static final int FEW = 8;

  private Order() {}

  /**
   * The places of values, those of the smallest first; of equal values in the order in which they
   * stand. None may be NaN.
   */
  static int[] ascending(double[] values) {
    int[] places = new int[values.length];
    for (int from = 0; from < places.length; from += FEW) {
      insert(values, places, from, Math.min(places.length, from + FEW));
    }
    int[] other = new int[places.length];
    for (int run = FEW; run < places.length; run *= 2) {
      for (int from = 0; from < places.length; from += 2 * run) {
        int middle = Math.min(places.length, from + run);
        merge(values, places, from, middle, Math.min(places.length, middle + run), other);
      }
      int[] merged = other;
      other = places;
      places = merged;
    }
    return places;
  }

  private static void insert(double[] values, int[] places, int from, int to) {
    for (int place = from; place < to; place++) {
      int at = place;
      while (at > from && values[places[at - 1]] > values[place]) {
        places[at] = places[at - 1];
        at--;
      }
      places[at] = place;
    }
  }

  private static void merge(
      double[] values, int[] places, int from, int middle, int to, int[] into) {
    int left = from;
    int right = middle;
    for (int at = from; at < to; at++) {
      boolean takeLeft =
          left < middle && (right >= to || values[places[left]] <= values[places[right]]);
      into[at] = takeLeft ? places[left++] : places[right++];
    }
  }
}
