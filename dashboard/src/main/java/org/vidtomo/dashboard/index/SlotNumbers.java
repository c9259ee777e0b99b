package org.vidtomo.dashboard.index;

import java.util.Arrays;

/**
 * Numbers keys from 0 in the order in which they are first met, without an object for each (open
 * addressing). Not thread-safe.
 */
final class SlotNumbers {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long[] keys;
  private final int[] numbers;
  private final int shift;
  private int size;

  /**
   * None yet.
   *
   * @param most keys that there can be
   */
  SlotNumbers(int most) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(2 * most + 1);
    keys = new long[1 << bits];
    numbers = new int[1 << bits];
    Arrays.fill(numbers, -1);
    shift = Long.SIZE - bits;
  }

  int number(long key) {
    int at = (int) (key * GOLDEN >>> shift);
    while (numbers[at] >= 0 && keys[at] != key) {
      at = (at + 1) & (keys.length - 1);
    }
    if (numbers[at] < 0) {
      keys[at] = key;
      numbers[at] = size++;
    }
    return numbers[at];
  }

  int size() {
    return size;
  }
}
