package org.vidtomo.dashboard.compare;

import java.util.List;

/**
 * Cells by two things at once, such as ISP and cache.
 *
 * @param outer keys of the first
 * @param inner keys of the second
 * @param cells whose groups' keys are {@link #key}
 */
public record CrossedCells(List<String> outer, List<String> inner, CellTable cells) {
  public CrossedCells {
    outer = List.copyOf(outer);
    inner = List.copyOf(inner);
  }

  /** Names a group by its number: of the first, times how many the second has, plus that of it. */
  public static String key(int number) {
    return "%09d".formatted(number);
  }

  /** The first key of a group. */
  public String outer(String key) {
    return outer.get(Integer.parseInt(key) / inner.size());
  }

  /** The second key of a group. */
  public String inner(String key) {
    return inner.get(Integer.parseInt(key) % inner.size());
  }
}
