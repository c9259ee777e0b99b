package org.vidtomo.core.network;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Longest-prefix match for one address family. Nested prefixes are laid flat: ranges without gaps,
 * each with the longest prefix that covers it, so that a look-up is one binary search.
 *
 * @param high first halves of the ranges' first addresses, in ascending order as unsigned numbers
 * @param low their second halves; empty when all are 0
 * @param length of the prefix that covers the range; 0 where none does
 * @param origin index of who announces it; −1 where none does
 */
// Tens of megabytes are handed over, not copied; only this package sees them.
@SuppressWarnings("ArrayRecordComponent")
record RangeTable(long[] high, long[] low, byte[] length, int[] origin) {
  static final RangeTable EMPTY = new RangeTable(new long[0], new long[0], new byte[0], new int[0]);

  /** No prefix covers the range. */
  private static final int NONE = -1;

  int size() {
    return high.length;
  }

  /** The range that an address is in; −1 before the first one, and where no prefix covers it. */
  int find(long highHalf, long lowHalf) {
    int from = 0;
    int to = high.length - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      int order = Long.compareUnsigned(high[middle], highHalf);
      if (order == 0 && low.length > 0) {
        order = Long.compareUnsigned(low[middle], lowHalf);
      }
      if (order <= 0) {
        from = middle + 1;
      } else {
        to = middle - 1;
      }
    }
    return to >= 0 && origin[to] == NONE ? NONE : to;
  }

  /** Whether the ranges are in order and refer to that many origins, as a table's must be. */
  boolean isSound(int origins, int longest) {
    for (int i = 0; i < size(); i++) {
      boolean covered = origin[i] != NONE;
      int bits = length[i] & 0xff;
      if (covered ? origin[i] < 0 || origin[i] >= origins || bits == 0 : bits != 0) {
        return false;
      }
      if (bits > longest || i > 0 && !follows(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean follows(int index) {
    int order = Long.compareUnsigned(high[index - 1], high[index]);
    return order < 0
        || order == 0 && low.length > 0 && Long.compareUnsigned(low[index - 1], low[index]) < 0;
  }

  /**
   * Lays prefixes flat.
   *
   * @param routes {@link Route#IN_ORDER}, no prefix twice
   * @param origins the index of each list of origins
   */
  static RangeTable of(List<Route> routes, Map<List<Long>, Integer> origins) {
    Ranges ranges = new Ranges(2 * routes.size(), origins);
    Deque<Route> open = new ArrayDeque<>();
    for (Route route : routes) {
      while (!open.isEmpty() && !route.within(open.peek())) {
        close(open, ranges);
      }
      ranges.begin(route.high(), route.low(), route);
      open.push(route);
    }
    while (!open.isEmpty()) {
      close(open, ranges);
    }
    return ranges.table();
  }

  /** After the innermost prefix the one around it goes on. */
  private static void close(Deque<Route> open, Ranges ranges) {
    Route ended = open.pop();
    boolean last = ended.nextHigh() == 0 && ended.nextLow() == 0;
    if (!last) {
      ranges.begin(ended.nextHigh(), ended.nextLow(), open.peek());
    }
  }

  /** Ranges as they come, in ascending order. */
  private static final class Ranges {
    private final Map<List<Long>, Integer> origins;
    private final long[] high;
    private final long[] low;
    private final byte[] length;
    private final int[] origin;
    private int size;
    private boolean wide;

    Ranges(int most, Map<List<Long>, Integer> origins) {
      this.origins = origins;
      high = new long[most];
      low = new long[most];
      length = new byte[most];
      origin = new int[most];
    }

    /** What begins where another range began takes its place: that one was empty. */
    void begin(long highHalf, long lowHalf, Route route) {
      if (size > 0 && high[size - 1] == highHalf && low[size - 1] == lowHalf) {
        size--;
      }
      int bits = route == null ? 0 : route.length();
      int by = route == null ? NONE : origins.get(route.origins());
      boolean goesOn = size > 0 && route == null && origin[size - 1] == NONE;
      if (!goesOn && !(size == 0 && route == null)) {
        high[size] = highHalf;
        low[size] = lowHalf;
        length[size] = (byte) bits;
        origin[size] = by;
        size++;
        wide |= lowHalf != 0;
      }
    }

    RangeTable table() {
      return new RangeTable(
          java.util.Arrays.copyOf(high, size),
          wide ? java.util.Arrays.copyOf(low, size) : new long[0],
          java.util.Arrays.copyOf(length, size),
          java.util.Arrays.copyOf(origin, size));
    }
  }
}
