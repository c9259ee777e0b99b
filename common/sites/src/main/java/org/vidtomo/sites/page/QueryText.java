package org.vidtomo.sites.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** Variables for Flash, written as a query: {@code file=…&image=…}. */
final class QueryText {
  private static final Pattern FIELD = Pattern.compile("(?:amp;)?[\\w.$-]{1,60}=");
  private static final int MAX_FIELDS = 200;
  private static final int MAX_TEXT = 100_000;

  private QueryText() {}

  /** At least two fields, or one where the name says so. */
  static boolean looksLikeIt(String text, String key) {
    if (text.length() > MAX_TEXT || text.indexOf('=') < 1) {
      return false;
    }
    String[] parts = text.replaceFirst("^\\?", "").split("&", MAX_FIELDS);
    boolean named = key.toLowerCase(Locale.ROOT).contains("flashvars");
    return (parts.length > 1 || named)
        && Arrays.stream(parts)
            .filter(part -> !part.isEmpty())
            .allMatch(part -> FIELD.matcher(part).lookingAt());
  }

  static ObjectNode fields(String text) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    for (String part : text.replaceFirst("^\\?", "").replace("&amp;", "&").split("&", MAX_FIELDS)) {
      int assigns = part.indexOf('=');
      if (assigns > 0) {
        fields.put(decoded(part.substring(0, assigns)), decoded(part.substring(assigns + 1)));
      }
    }
    return fields;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
