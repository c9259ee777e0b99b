package org.vidtomo.dashboard.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers things from 0 in the order in which they are first met. Not thread-safe. */
final class Interned<T> {
  private final Map<T, Integer> numbers = new HashMap<>();
  private final List<T> things = new ArrayList<>();

  int number(T thing) {
    Integer known = numbers.putIfAbsent(thing, things.size());
    if (known != null) {
      return known;
    }
    things.add(thing);
    return things.size() - 1;
  }

  int size() {
    return things.size();
  }

  T get(int number) {
    return things.get(number);
  }

  /** All so far, by number. */
  List<T> all() {
    return List.copyOf(things);
  }

  /** Those from a number on. */
  List<T> from(int number) {
    return things.subList(number, things.size());
  }
}
