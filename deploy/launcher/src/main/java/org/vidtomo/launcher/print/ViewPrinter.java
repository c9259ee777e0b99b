package org.vidtomo.launcher.print;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Any view of the dashboard, from its rows as CSV, as a table for a person. */
public final class ViewPrinter {
  /** The same in each row: they stand above the table. */
  private static final Set<String> OF_ALL = Set.of("metric", "by", "of", "unit", "step", "clock");

  /** For programs. */
  private static final Set<String> NOT_SHOWN = Set.of("computedAt", "method");

  private static final int WIDEST = 32;
  private static final int MOST = 200;
  private static final MathContext DIGITS = new MathContext(4);

  private ViewPrinter() {}

  /**
   * The lines, without line ends.
   *
   * @param rows the first has the headings
   * @throws IllegalArgumentException when they are not of one length
   */
  public static List<String> lines(List<List<String>> rows) {
    List<String> headings = rows.get(0);
    List<List<String>> body = rows.subList(1, rows.size());
    if (body.stream().anyMatch(row -> row.size() != headings.size())) {
      throw new IllegalArgumentException("the answer's rows are not of one length");
    }
    if (body.isEmpty()) {
      return List.of("nothing was measured that this view takes in");
    }
    List<String> out = new ArrayList<>();
    List<String> common = new ArrayList<>();
    List<Integer> shown = new ArrayList<>();
    for (int column = 0; column < headings.size(); column++) {
      int at = column;
      if (OF_ALL.contains(headings.get(at))) {
        common.add(headings.get(at) + "=" + Units.safe(body.get(0).get(at), WIDEST));
      } else if (!NOT_SHOWN.contains(headings.get(at))
          && body.stream().anyMatch(row -> !row.get(at).isEmpty())) {
        shown.add(at);
      }
    }
    if (!common.isEmpty()) {
      out.add(String.join(" ", common));
    }
    table(headings, body.subList(0, Math.min(MOST, body.size())), shown, out);
    if (body.size() > MOST) {
      out.add("  and %d more rows: --csv and --json have all".formatted(body.size() - MOST));
    }
    return out;
  }

  private static void table(
      List<String> headings, List<List<String>> body, List<Integer> shown, List<String> out) {
    List<StringBuilder> lines = new ArrayList<>();
    IntStream.rangeClosed(0, body.size()).forEach(i -> lines.add(new StringBuilder(" ")));
    for (int column : shown) {
      List<String> cells = new ArrayList<>();
      cells.add(headings.get(column));
      body.forEach(row -> cells.add(cell(row.get(column))));
      boolean numbers = body.stream().allMatch(row -> isNumber(row.get(column)));
      int width = cells.stream().mapToInt(String::length).max().orElse(0);
      for (int i = 0; i < cells.size(); i++) {
        lines
            .get(i)
            .append(' ')
            .append(("%" + (numbers ? "" : "-") + width + "s").formatted(cells.get(i)));
      }
    }
    lines.forEach(line -> out.add(line.toString().stripTrailing()));
  }

  private static boolean isNumber(String text) {
    return text.matches("(-?[0-9.]+(E-?[0-9]+)?)?");
  }

  /** Numbers with four digits; whole ones as they are. */
  private static String cell(String text) {
    if (!text.matches("-?[0-9]*\\.[0-9]+(E-?[0-9]+)?")) {
      return Units.safe(text, WIDEST);
    }
    return new BigDecimal(text).round(DIGITS).stripTrailingZeros().toPlainString();
  }
}
