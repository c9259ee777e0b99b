package org.vidtomo.dashboard.index;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Measurements in columns: what is absent is −1 in whole numbers, NaN in others. The arrays belong
 * to it and are not changed.
 *
 * @param whole by {@link Whole}
 * @param real by {@link Real}
 * @param state a {@link State} each, and above it the shard of its hour that the row is in
 * @param answers of resolvers; of columns that are being filled none
 */
record Columns(int rows, int[][] whole, double[][] real, byte[] state, Answers answers) {

  /** Columns of whole numbers; the first five are numbers of what a table names. */
  enum Whole {
    LINE,
    VIDEO,
    ORIGIN,
    CACHE,
    ENDING,
    /** Of the slot, after the hour's beginning. */
    MILLIS,
    STARTUP_MICROS,
    FIRST_BYTE_MICROS,
    RTT_MICROS,
    RESOLVE_MICROS,
    STALLS;

    static final int COUNT = values().length;
  }

  /** Columns of other numbers. */
  enum Real {
    STALL_RATIO,
    STALLING_MOS,
    GOODPUT_BPS;

    static final int COUNT = values().length;
  }

  /** Bytes that a measurement takes, without its answers. */
  static final int ROW_BYTES =
      Whole.COUNT * Integer.BYTES + Real.COUNT * Double.BYTES + Integer.BYTES + 1;

  static Columns empty(int capacity) {
    return new Columns(
        0,
        new int[Whole.COUNT][capacity],
        new double[Real.COUNT][capacity],
        new byte[capacity],
        Answers.empty(0));
  }

  int[] whole(Whole column) {
    return whole[column.ordinal()];
  }

  double[] real(Real column) {
    return real[column.ordinal()];
  }

  /** The same rows in another order, and no room left over. */
  Columns ordered(int[] order) {
    int[][] newWhole = new int[Whole.COUNT][];
    Arrays.setAll(newWhole, c -> Arrays.stream(order).map(row -> whole[c][row]).toArray());
    double[][] newReal = new double[Real.COUNT][];
    Arrays.setAll(newReal, c -> Arrays.stream(order).mapToDouble(r -> real[c][r]).toArray());
    byte[] newState = new byte[order.length];
    for (int i = 0; i < order.length; i++) {
      newState[i] = state[order[i]];
    }
    return new Columns(order.length, newWhole, newReal, newState, answers.ordered(order));
  }

  /** The same rows with room for so many. */
  Columns withRoom(int capacity) {
    int[][] newWhole = new int[Whole.COUNT][];
    Arrays.setAll(newWhole, c -> Arrays.copyOf(whole[c], capacity));
    double[][] newReal = new double[Real.COUNT][];
    Arrays.setAll(newReal, c -> Arrays.copyOf(real[c], capacity));
    return new Columns(rows, newWhole, newReal, Arrays.copyOf(state, capacity), answers);
  }

  /** The same rows with other numbers in a column. */
  Columns renumbered(Whole column, IntUnaryOperator numbers) {
    int[][] newWhole = whole.clone();
    newWhole[column.ordinal()] = Arrays.stream(whole(column)).map(numbers).toArray();
    return new Columns(rows, newWhole, real, state, answers);
  }

  /** The same rows with these answers. */
  Columns with(Answers others) {
    return new Columns(rows, whole, real, state, others);
  }
}
