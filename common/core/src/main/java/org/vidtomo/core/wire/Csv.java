package org.vidtomo.core.wire;

import java.util.List;
import java.util.stream.Collectors;

/** Rows of CSV (RFC 4180) that a spreadsheet may open. */
public final class Csv {
  private Csv() {}

  /** A row with its line end; what is absent is empty text. */
  public static String row(List<String> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  /** A spreadsheet takes text that begins with these for a formula, and titles are hostile. */
  private static String cell(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    String safe = formula && !isNumber(text) ? "'" + text : text;
    boolean quoted = safe.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
    return quoted ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
  }

  private static boolean isNumber(String text) {
    return text.matches("-?[0-9]+(\\.[0-9]+)?(E-?[0-9]+)?");
  }
}
