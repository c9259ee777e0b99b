package org.vidtomo.dashboard.index;

import java.util.Arrays;

/**
 * Numbers keys from 0 in the order in which they are first met, without an object for each (open
 * addressing). Not thread-safe.
 */
final class SlotNumbers {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long[] keys;
  private int[] numbers;
  private int shift;
  private int size;

  /**
   * None yet.
   *
   * @param expected keys that there is room for at first
   */
  SlotNumbers(int expected) {
    makeRoom(Integer.SIZE - Integer.numberOfLeadingZeros(2 * expected + 1));
  }

  private void makeRoom(int bits) {
    keys = new long[1 << bits];
    numbers = new int[1 << bits];
    Arrays.fill(numbers, -1);
    shift = Long.SIZE - bits;
  }

  int number(long key) {
    int at = place(key);
    if (numbers[at] < 0) {
      if (2 * (size + 1) > keys.length) {
        grow();
        at = place(key);
      }
      keys[at] = key;
      numbers[at] = size++;
    }
    return numbers[at];
  }

  private int place(long key) {
    int at = (int) (key * GOLDEN >>> shift);
    while (numbers[at] >= 0 && keys[at] != key) {
      at = (at + 1) & (keys.length - 1);
    }
    return at;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldNumbers = numbers;
    makeRoom(Long.SIZE - shift + 1);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldNumbers[i] >= 0) {
        int at = place(oldKeys[i]);
        keys[at] = oldKeys[i];
        numbers[at] = oldNumbers[i];
      }
    }
  }

  int size() {
    return size;
  }
}
