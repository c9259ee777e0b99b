package org.vidtomo.sites.script;

import java.util.Optional;

/**
 * Cuts a script into tokens (ECMA-262 §12), leniently: whatever the input, there is a next token or
 * the end, in time proportional to its length. Comments and white space are passed over.
 */
final class Tokenizer {
  private static final int MAX_STRING = 1 << 20;
  private static final int MAX_EXPRESSION = 5000;

  /** Characters that are looked at in vain for the ends of regular expressions. */
  private static final int MAX_VAIN = 1 << 18;

  private final String script;
  private int at;
  private int vain;
  private Token last = new Token(Token.Kind.SIGN, ";");

  Tokenizer(String script) {
    this.script = script;
  }

  Optional<Token> next() {
    skipBlank();
    if (at >= script.length()) {
      return Optional.empty();
    }
    last = read(script.charAt(at));
    return Optional.of(last);
  }

  private Token read(char c) {
    if (c == '"' || c == '\'') {
      return quoted(c);
    }
    if (c == '`') {
      return template();
    }
    if (Character.isDigit(c) || c == '.' && Character.isDigit(peek(1))) {
      return number();
    }
    if (Character.isJavaIdentifierStart(c)) {
      return name();
    }
    return c == '/' && !last.operand() && !closes(last) ? expression() : sign(c);
  }

  private static boolean closes(Token token) {
    return token.is(")") || token.is("]") || token.is("}");
  }

  private char peek(int ahead) {
    return at + ahead < script.length() ? script.charAt(at + ahead) : 0;
  }

  private void skipBlank() {
    while (at < script.length()) {
      char c = script.charAt(at);
      if (c == '/' && peek(1) == '/' || script.startsWith("<!--", at)) {
        at = endOf("\n", at);
      } else if (c == '/' && peek(1) == '*') {
        at = endOf("*/", at + 2);
      } else if (c <= ' ' || c == '\u00a0' || c == '\ufeff' || c == '\u2028' || c == '\u2029') {
        at++;
      } else {
        return;
      }
    }
  }

  private int endOf(String mark, int from) {
    int found = script.indexOf(mark, from);
    return found < 0 ? script.length() : found + mark.length();
  }

  private Token sign(char c) {
    // Only what is told apart later needs to be whole.
    for (String sign :
        new String[] {"===", "!==", "=>", "==", "!=", "<=", ">=", "||", "&&", "??"}) {
      if (script.startsWith(sign, at)) {
        at += sign.length();
        return new Token(Token.Kind.SIGN, sign);
      }
    }
    at++;
    return new Token(Token.Kind.SIGN, String.valueOf(c));
  }

  private Token name() {
    int from = at;
    while (at < script.length() && Character.isJavaIdentifierPart(script.charAt(at))) {
      at++;
    }
    return new Token(Token.Kind.NAME, script.substring(from, at));
  }

  private Token number() {
    int from = at;
    while (at < script.length()
        && inNumber(script.charAt(at), at == from ? 0 : script.charAt(at - 1))) {
      at++;
    }
    return new Token(Token.Kind.NUMBER, script.substring(from, at));
  }

  private static boolean inNumber(char c, int before) {
    boolean exponent = (c == '+' || c == '-') && (before == 'e' || before == 'E');
    return Character.isLetterOrDigit(c) || c == '.' || c == '_' || exponent;
  }

  /** A string that does not end on its line is an error in ECMAScript; here it ends with it. */
  private Token quoted(char quote) {
    StringBuilder text = new StringBuilder();
    at++;
    while (at < script.length() && script.charAt(at) != quote && script.charAt(at) != '\n') {
      unit(text);
    }
    at = Math.min(at + 1, script.length());
    return new Token(Token.Kind.STRING, text.toString());
  }

  private Token template() {
    StringBuilder text = new StringBuilder();
    boolean known = true;
    at++;
    while (at < script.length() && script.charAt(at) != '`') {
      if (script.startsWith("${", at)) {
        known = false;
        at = endOf("}", at);
      } else {
        unit(text);
      }
    }
    at = Math.min(at + 1, script.length());
    return new Token(known ? Token.Kind.STRING : Token.Kind.UNKNOWN, text.toString());
  }

  private void unit(StringBuilder text) {
    char c = script.charAt(at++);
    if (c == '\\' && at < script.length()) {
      escape(text);
    } else if (text.length() < MAX_STRING) {
      text.append(c);
    }
  }

  private void escape(StringBuilder text) {
    char c = script.charAt(at++);
    switch (c) {
      case 'n' -> text.append('\n');
      case 't' -> text.append('\t');
      case 'r' -> text.append('\r');
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'v' -> text.append('\u000b');
      case '0' -> text.append('\0');
      case '\n' -> {
        // A continued line.
      }
      case 'x' -> hex(text, 2, c);
      case 'u' -> unicode(text);
      default -> text.append(c);
    }
  }

  private void unicode(StringBuilder text) {
    int close =
        peek(0) == '{' ? script.substring(at, Math.min(at + 9, script.length())).indexOf('}') : -1;
    int end = at + close;
    if (close < 0) {
      hex(text, 4, 'u');
      return;
    }
    try {
      text.appendCodePoint(Integer.parseInt(script.substring(at + 1, end), 16));
      at = end + 1;
    } catch (IllegalArgumentException e) {
      text.append('u');
    }
  }

  private void hex(StringBuilder text, int digits, char otherwise) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = Character.digit(peek(i), 16);
      if (digit < 0) {
        text.append(otherwise);
        return;
      }
      value = value * 16 + digit;
    }
    at += digits;
    text.append((char) value);
  }

  /** A regular expression; a slash that has no fellow on its line is a division after all. */
  private Token expression() {
    boolean inClass = false;
    int limit = vain > MAX_VAIN ? at : Math.min(script.length(), at + MAX_EXPRESSION);
    int i = at + 1;
    for (; i < limit && script.charAt(i) != '\n'; i++) {
      char c = script.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '[' || c == ']') {
        inClass = c == '[';
      } else if (c == '/' && !inClass) {
        at = i + 1;
        return new Token(Token.Kind.UNKNOWN, "");
      }
    }
    vain += i - at;
    return sign('/');
  }
}
