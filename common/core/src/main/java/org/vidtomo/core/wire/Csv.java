package org.vidtomo.core.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Rows of CSV (RFC 4180) that a spreadsheet may open. */
public final class Csv {
  /** Quoted or plain, and what ends it. Possessive: a long cell must not take a deep stack. */
  private static final Pattern CELL =
      Pattern.compile("(?:\"((?:[^\"]|\"\")*+)\"|([^\",\r\n]*+))(,|\r?\n|\\z)");

  private Csv() {}

  /** A row with its line end; what is absent is empty text. */
  public static String row(List<String> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  /**
   * The rows of a text, as {@link #row} writes them; line ends may also be those of Unix. What a
   * quote was put before stays so.
   *
   * @throws IllegalArgumentException when it is no CSV, such as when a quoted cell has no end
   */
  public static List<List<String>> rows(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    Matcher cell = CELL.matcher(text);
    int at = 0;
    while (at < text.length() || !row.isEmpty()) {
      if (!cell.find(at) || cell.start() != at) {
        throw new IllegalArgumentException("this is no CSV, from character " + at + " on");
      }
      String plain = cell.group(2);
      row.add(plain == null ? cell.group(1).replace("\"\"", "\"") : plain);
      at = cell.end();
      if (!cell.group(3).equals(",")) {
        rows.add(row);
        row = new ArrayList<>();
      }
    }
    return rows;
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
