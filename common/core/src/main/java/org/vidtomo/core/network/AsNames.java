package org.vidtomo.core.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Names of autonomous systems and the countries where they are registered. Kept as one text, since
 * there are a hundred thousand.
 *
 * @param numbers in ascending order
 * @param ends where each entry ends in {@code text}
 * @param text entries of a country's two letters, or two spaces, and a name, in UTF-8
 */
// Megabytes are handed over, not copied; only this package sees them.
@SuppressWarnings("ArrayRecordComponent")
record AsNames(long[] numbers, int[] ends, byte[] text) {
  static final AsNames NONE = new AsNames(new long[0], new int[0], new byte[0]);

  private static final int COUNTRY = 2;
  private static final String NO_COUNTRY = "  ";

  /** One system. */
  record Entry(Optional<String> name, Optional<String> country) {
    static final Entry UNKNOWN = new Entry(Optional.empty(), Optional.empty());
  }

  int size() {
    return numbers.length;
  }

  Entry of(long number) {
    int index = Arrays.binarySearch(numbers, number);
    if (index < 0) {
      return Entry.UNKNOWN;
    }
    int begin = index == 0 ? 0 : ends[index - 1];
    String entry = new String(text, begin, ends[index] - begin, UTF_8);
    return new Entry(
        Optional.of(entry.substring(COUNTRY)).filter(name -> !name.isEmpty()),
        Optional.of(entry.substring(0, COUNTRY)).filter(code -> !code.equals(NO_COUNTRY)));
  }

  static AsNames of(Map<Long, Entry> entries) {
    SortedMap<Long, Entry> sorted = new TreeMap<>(entries);
    int[] ends = new int[sorted.size()];
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int index = 0;
    for (Entry entry : sorted.values()) {
      text.writeBytes(entry.country().orElse(NO_COUNTRY).getBytes(UTF_8));
      text.writeBytes(entry.name().orElse("").getBytes(UTF_8));
      ends[index++] = text.size();
    }
    long[] numbers = sorted.keySet().stream().mapToLong(Long::longValue).toArray();
    return new AsNames(numbers, ends, text.toByteArray());
  }

  /** Whether numbers ascend and entries lie within the text, as a table's must. */
  boolean isSound() {
    int begin = 0;
    for (int i = 0; i < numbers.length; i++) {
      boolean ascends = i == 0 || numbers[i - 1] < numbers[i];
      if (!ascends || ends[i] < begin + COUNTRY || ends[i] > text.length || !ascii(begin)) {
        return false;
      }
      begin = ends[i];
    }
    return begin == text.length;
  }

  /** A country is of two letters, so that no character is cut. */
  private boolean ascii(int begin) {
    return text[begin] >= 0 && text[begin + 1] >= 0;
  }
}
