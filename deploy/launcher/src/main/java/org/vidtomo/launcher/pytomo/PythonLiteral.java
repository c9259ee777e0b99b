package org.vidtomo.launcher.pytomo;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The literals that Pytomo's records are written in: None, numbers, strings, tuples, lists,
 * dictionaries and {@code datetime.datetime(…)}. Nothing is evaluated.
 */
final class PythonLiteral {
  private static final int DEEPEST = 16;

  private final String text;
  private int at;

  private PythonLiteral(String text) {
    this.text = text;
  }

  /**
   * Reads one.
   *
   * @return {@link Optional#empty()} for None, else a String, Long, Double, Boolean, List, Map or
   *     LocalDateTime
   * @throws IllegalArgumentException saying where and why it is none
   */
  static Object parse(String text) {
    PythonLiteral literal = new PythonLiteral(text);
    Object value = literal.value(0);
    literal.space();
    if (literal.at < text.length()) {
      throw literal.wrong("the end");
    }
    return value;
  }

  private Object value(int depth) {
    if (depth > DEEPEST) {
      throw wrong("no more than " + DEEPEST + " brackets in each other");
    }
    space();
    char c = peek();
    switch (c) {
      case '(':
        return sequence(')', depth);
      case '[':
        return sequence(']', depth);
      case '{':
        return dictionary(depth);
      case '\'', '"':
        return string();
      default:
        return Character.isLetter(c) || c == '_' ? word(depth) : number();
    }
  }

  private List<Object> sequence(char close, int depth) {
    List<Object> items = new ArrayList<>();
    at++;
    while (!ends(close)) {
      items.add(value(depth + 1));
      comma(close);
    }
    return items;
  }

  private Map<Object, Object> dictionary(int depth) {
    Map<Object, Object> items = new LinkedHashMap<>();
    at++;
    while (!ends('}')) {
      Object key = value(depth + 1);
      space();
      if (peek() != ':') {
        throw wrong("a colon");
      }
      at++;
      items.put(key, value(depth + 1));
      comma('}');
    }
    return items;
  }

  private boolean ends(char close) {
    space();
    if (peek() == close) {
      at++;
      return true;
    }
    return false;
  }

  private void comma(char close) {
    space();
    if (peek() == ',') {
      at++;
    } else if (peek() != close) {
      throw wrong("a comma or " + close);
    }
  }

  private String string() {
    char quote = text.charAt(at++);
    StringBuilder out = new StringBuilder();
    while (peek() != quote) {
      char c = text.charAt(at++);
      out.append(c == '\\' ? escaped() : c);
    }
    at++;
    return out.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'x' -> code(2);
      case 'u' -> code(4);
      default -> c;
    };
  }

  private char code(int digits) {
    if (at + digits > text.length()) {
      throw wrong(digits + " hexadecimal digits");
    }
    try {
      char code = (char) Integer.parseInt(text.substring(at, at + digits), 16);
      at += digits;
      return code;
    } catch (NumberFormatException e) {
      throw wrong(digits + " hexadecimal digits");
    }
  }

  private Object word(int depth) {
    int from = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "_.".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    String word = text.substring(from, at);
    switch (word) {
      case "None":
        return Optional.empty();
      case "True", "False":
        return word.equals("True");
      case "u", "b", "r":
        if (peek() == '\'' || peek() == '"') {
          return string();
        }
        throw wrong("a string");
      case "datetime.datetime":
        return time(depth);
      case "nan", "inf":
        return Double.NaN;
      default:
        throw wrong("a literal, not the name " + word);
    }
  }

  private LocalDateTime time(int depth) {
    space();
    if (peek() != '(') {
      throw wrong("a bracket");
    }
    int[] fields = new int[7];
    List<Object> given = sequence(')', depth);
    if (given.size() < 3 || given.size() > fields.length) {
      throw wrong("a time of three to seven numbers");
    }
    for (int i = 0; i < given.size(); i++) {
      if (!(given.get(i) instanceof Long number) || number != number.intValue()) {
        throw wrong("a time of whole numbers");
      }
      fields[i] = number.intValue();
    }
    try {
      return LocalDateTime.of(
          fields[0],
          fields[1],
          fields[2],
          fields[3],
          fields[4],
          fields[5],
          Math.multiplyExact(fields[6], 1_000));
    } catch (DateTimeException | ArithmeticException e) {
      throw wrong("a time that there is");
    }
  }

  private Number number() {
    int from = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String number = text.substring(from, at);
    if (at < text.length() && text.charAt(at) == 'L') {
      at++;
    }
    try {
      return number.matches("[+-]?[0-9]{1,18}")
          ? (Number) Long.valueOf(number)
          : (Number) Double.valueOf(number);
    } catch (NumberFormatException e) {
      at = from;
      throw wrong("a value");
    }
  }

  private void space() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw wrong("more");
    }
    return text.charAt(at);
  }

  private IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException(
        "at character %d of the record, %s was expected".formatted(at + 1, expected));
  }
}
