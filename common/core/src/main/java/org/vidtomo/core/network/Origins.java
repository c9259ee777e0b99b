package org.vidtomo.core.network;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Who announces prefixes: lists of autonomous systems, most of them of one.
 *
 * @param ends where each list ends in {@code numbers}
 */
// Handed over, not copied; only this package sees them.
@SuppressWarnings("ArrayRecordComponent")
record Origins(int[] ends, long[] numbers) {
  int size() {
    return ends.length;
  }

  long first(int index) {
    return numbers[begin(index)];
  }

  List<Long> all(int index) {
    return Arrays.stream(numbers, begin(index), ends[index]).boxed().toList();
  }

  private int begin(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  static Origins of(Collection<List<Long>> lists) {
    int[] ends = new int[lists.size()];
    int index = 0;
    int end = 0;
    for (List<Long> list : lists) {
      end += list.size();
      ends[index++] = end;
    }
    return new Origins(
        ends, lists.stream().flatMap(List::stream).mapToLong(Long::longValue).toArray());
  }

  /** Whether no list is empty and each number may be a system's, as a table's must be. */
  boolean isSound() {
    for (int i = 0; i < ends.length; i++) {
      if (ends[i] <= begin(i) || ends[i] > numbers.length) {
        return false;
      }
    }
    boolean all = ends.length == 0 ? numbers.length == 0 : ends[ends.length - 1] == numbers.length;
    return all && Arrays.stream(numbers).allMatch(AsNumber::isOne);
  }
}
