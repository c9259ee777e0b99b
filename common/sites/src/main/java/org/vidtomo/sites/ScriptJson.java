package org.vidtomo.sites;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

/**
 * JSON that a page's scripts hold: {@code var name = {…}}, {@code window["name"] = {…}}, {@code
 * name: {…}}, {@code name({…})}, {@code name = JSON.parse('…')}. Its end is found by counting
 * brackets outside of strings.
 */
public final class ScriptJson {
  /** A name may be given another value before its own; each is read to its end. */
  private static final int MAX_TRIES = 8;

  private static final String PARSE = "JSON.parse(";

  private ScriptJson() {}

  /**
   * The first object or list that is given to a name.
   *
   * @param name as it is written, in quotes where it is a key
   */
  public static Optional<JsonNode> after(String script, String name) {
    int tries = 0;
    for (int at = script.indexOf(name); at >= 0; at = script.indexOf(name, at + name.length())) {
      int value = value(script, at + name.length());
      if (value >= 0) {
        Optional<JsonNode> json = parsed(text(script, value));
        if (json.isPresent() || ++tries == MAX_TRIES) {
          return json;
        }
      }
    }
    return Optional.empty();
  }

  /** Where the value begins that is given to what ends at a place; negative when none is. */
  private static int value(String script, int from) {
    int at = skip(script, from, " \t\r\n\"']");
    if (at >= script.length() || "=:(".indexOf(script.charAt(at)) < 0) {
      return -1;
    }
    at = skip(script, at + 1, " \t\r\n");
    if (script.startsWith(PARSE, at)) {
      at = skip(script, at + PARSE.length(), " \t\r\n");
    }
    return at < script.length() && "{['\"".indexOf(script.charAt(at)) >= 0 ? at : -1;
  }

  private static String text(String script, int at) {
    char first = script.charAt(at);
    return first == '{' || first == '['
        ? script.substring(at, end(script, at))
        : unquoted(script, at);
  }

  private static int skip(String script, int from, String characters) {
    int at = from;
    while (at < script.length() && characters.indexOf(script.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  /** Just after the bracket that closes the one at a place; the text's end where none does. */
  private static int end(String script, int from) {
    int depth = 0;
    boolean text = false;
    for (int i = from; i < script.length(); i++) {
      char c = script.charAt(i);
      if (text && c == '\\') {
        i++;
      } else if (c == '"') {
        text = !text;
      } else if (!text && (c == '{' || c == '[')) {
        depth++;
      } else if (!text && (c == '}' || c == ']') && --depth == 0) {
        return i + 1;
      }
    }
    return script.length();
  }

  /** A JavaScript string's value (ECMA-262 §12.9.4). */
  private static String unquoted(String script, int from) {
    StringBuilder out = new StringBuilder();
    char quote = script.charAt(from);
    for (int i = from + 1; i < script.length() && script.charAt(i) != quote; i++) {
      char c = script.charAt(i);
      if (c == '\\' && i + 1 < script.length()) {
        char escape = script.charAt(++i);
        int digits = escape == 'x' ? 2 : escape == 'u' ? 4 : 0;
        out.append(digits == 0 ? plain(escape) : code(script, i + 1, digits));
        i += digits;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static char plain(char escape) {
    int at = "nrtbf".indexOf(escape);
    return at < 0 ? escape : "\n\r\t\b\f".charAt(at);
  }

  private static char code(String script, int from, int digits) {
    try {
      return (char) Integer.parseInt(script, from, from + digits, 16);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      return '\ufffd';
    }
  }

  private static Optional<JsonNode> parsed(String json) {
    try {
      return Optional.of(Wire.read(json, JsonNode.class)).filter(JsonNode::isContainerNode);
    } catch (WireException e) {
      return Optional.empty();
    }
  }
}
