package org.vidtomo.dashboard.web;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The literal texts of a JavaScript module, comments and what is between {@code ${…}} left out. */
final class ScriptTexts {
  /** What a division cannot follow, but a regular expression can. */
  private static final String BEFORE_EXPRESSION = "(,=:[!&|?{};>";

  private static final Pattern TAGGED = Pattern.compile(".*\\b(html|svg)\\s*$", Pattern.DOTALL);

  private final String source;
  private final List<Literal> found = new ArrayList<>();
  private int at;

  /**
   * A literal.
   *
   * @param template whether it is one of Lit's, with elements
   * @param text with {@code {}} for each expression
   */
  record Literal(boolean template, String text) {}

  private ScriptTexts(String source) {
    this.source = source;
  }

  static List<Literal> of(String source) {
    ScriptTexts texts = new ScriptTexts(source);
    texts.code('\0');
    return texts.found;
  }

  private void code(char end) {
    char before = '(';
    while (at < source.length()) {
      char c = source.charAt(at);
      if (source.startsWith("//", at)) {
        after("\n");
      } else if (source.startsWith("/*", at)) {
        after("*/");
      } else if (c == '\'' || c == '"') {
        string(c);
        before = 'x';
      } else if (c == '`') {
        template();
        before = 'x';
      } else if (c == '/' && BEFORE_EXPRESSION.indexOf(before) >= 0) {
        expression();
        before = 'x';
      } else if (c == '{') {
        at++;
        code('}');
        before = '}';
      } else if (c == end) {
        at++;
        return;
      } else {
        before = Character.isWhitespace(c) ? before : c;
        at++;
      }
    }
  }

  private void after(String end) {
    int next = source.indexOf(end, at);
    at = next < 0 ? source.length() : next + end.length();
  }

  private void string(char quote) {
    int from = ++at;
    while (source.charAt(at) != quote) {
      at += source.charAt(at) == '\\' ? 2 : 1;
    }
    found.add(new Literal(false, source.substring(from, at++)));
  }

  private void template() {
    boolean tagged = TAGGED.matcher(source.substring(Math.max(0, at - 10), at)).matches();
    StringBuilder text = new StringBuilder();
    at++;
    while (source.charAt(at) != '`') {
      if (source.startsWith("${", at)) {
        at += 2;
        code('}');
        text.append("{}");
      } else {
        int step = source.charAt(at) == '\\' ? 2 : 1;
        text.append(source, at, at + step);
        at += step;
      }
    }
    at++;
    found.add(new Literal(tagged, text.toString()));
  }

  private void expression() {
    boolean inClass = false;
    for (at++; source.charAt(at) != '/' || inClass; at++) {
      char c = source.charAt(at);
      if (c == '\\') {
        at++;
      } else {
        inClass = c == '[' || (inClass && c != ']');
      }
    }
    at++;
  }
}
