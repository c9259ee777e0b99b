package org.vidtomo.sites.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vidtomo.sites.script.Item.Group;
import org.vidtomo.sites.script.Item.Leaf;

/**
 * What an expression stands for, as far as literals, names that were given literals, joined strings
 * and the usual ways of unpacking text tell. Of alternatives, the first that is known.
 */
final class Expressions {
  private static final JsonNode UNKNOWN = MissingNode.getInstance();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MAX_NESTING = 20;
  private static final int MAX_NAMES = 10_000;
  private static final Set<String> PARSERS =
      Set.of("JSON.parse", "$.parseJSON", "jQuery.parseJSON", "eval");
  private static final Set<String> DECODERS =
      Set.of("decodeURIComponent", "decodeURI", "unescape", "window.decodeURIComponent");

  private final Map<String, JsonNode> names = new HashMap<>();
  private final Budget budget;

  Expressions(Budget budget) {
    this.budget = budget;
  }

  /** From here on a name stands for a value. */
  void assign(String name, JsonNode value) {
    if (names.size() < MAX_NAMES || names.containsKey(name)) {
      names.put(name, value);
    }
  }

  JsonNode value(List<Item> items) {
    return value(items, 0);
  }

  private JsonNode value(List<Item> items, int nesting) {
    if (items.isEmpty() || nesting > MAX_NESTING) {
      return UNKNOWN;
    }
    if (items.size() == 1) {
      return single(items.get(0));
    }
    int question = indexOf(items, "?", 0);
    int colon = question < 0 ? -1 : indexOf(items, ":", question);
    if (colon > 0) {
      JsonNode chosen = value(items.subList(question + 1, colon), nesting + 1);
      return known(chosen) ? chosen : value(items.subList(colon + 1, items.size()), nesting + 1);
    }
    for (String operator : List.of("||", "??", "&&")) {
      if (indexOf(items, operator, 0) >= 0) {
        return firstKnown(split(items, operator), nesting);
      }
    }
    return indexOf(items, "+", 0) >= 0 ? joined(split(items, "+"), nesting) : term(items);
  }

  private JsonNode firstKnown(List<List<Item>> parts, int nesting) {
    return parts.stream()
        .map(part -> value(part, nesting + 1))
        .filter(Expressions::known)
        .findFirst()
        .orElse(UNKNOWN);
  }

  private JsonNode joined(List<List<Item>> parts, int nesting) {
    StringBuilder text = new StringBuilder();
    for (List<Item> part : parts) {
      JsonNode value = value(part, nesting + 1);
      if (!value.isValueNode() || !budget.spend(value.asText().length())) {
        return UNKNOWN;
      }
      text.append(value.asText());
    }
    return NODES.textNode(text.toString());
  }

  private JsonNode single(Item item) {
    if (item instanceof Group group) {
      return group.value();
    }
    Token token = ((Leaf) item).token();
    return switch (token.kind()) {
      case STRING -> NODES.textNode(token.text());
      case NUMBER -> number(token.text());
      case NAME -> word(token.text());
      case UNKNOWN, SIGN -> UNKNOWN;
    };
  }

  private JsonNode word(String word) {
    return switch (word) {
      case "true" -> NODES.booleanNode(true);
      case "false" -> NODES.booleanNode(false);
      case "null", "undefined" -> NODES.nullNode();
      default -> names.getOrDefault(word, UNKNOWN);
    };
  }

  private static JsonNode number(String text) {
    try {
      return text.length() > 40 ? UNKNOWN : NODES.numberNode(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return UNKNOWN;
    }
  }

  /** A negative number, {@code !0}, a path, or a call. */
  private JsonNode term(List<Item> items) {
    Item last = items.get(items.size() - 1);
    if (items.size() == 2 && items.get(0).is("!")) {
      JsonNode value = single(last);
      return value.isNumber() ? NODES.booleanNode(value.decimalValue().signum() == 0) : UNKNOWN;
    }
    if (items.size() == 2 && items.get(0).is("-")) {
      JsonNode value = single(last);
      return value.isNumber() ? NODES.numberNode(value.decimalValue().negate()) : UNKNOWN;
    }
    if (last instanceof Group call && call.open() == '(' && call.values().size() == 1) {
      return unpacked(Paths.ending(items.subList(0, items.size() - 1)), call.values().get(0));
    }
    return last instanceof Group group && group.open() == '{' ? UNKNOWN : path(items);
  }

  private JsonNode path(List<Item> items) {
    String path = Paths.ending(items);
    if (path.isEmpty() || path.contains("()")) {
      return UNKNOWN;
    }
    if (names.containsKey(path)) {
      return names.get(path);
    }
    String[] parts = path.split("\\.", -1);
    JsonNode value = names.getOrDefault(parts[0], UNKNOWN);
    for (int i = 1; i < parts.length; i++) {
      value = value.path(parts[i]);
    }
    return value;
  }

  private JsonNode unpacked(String function, JsonNode argument) {
    if (!argument.isTextual() || !budget.spend(argument.asText().length())) {
      return UNKNOWN;
    }
    String text = argument.asText();
    if (PARSERS.contains(function)) {
      return ScriptReader.value(text, budget);
    }
    try {
      if (DECODERS.contains(function)) {
        return NODES.textNode(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
      }
      return function.equals("atob") || function.equals("window.atob")
          ? NODES.textNode(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8))
          : UNKNOWN;
    } catch (IllegalArgumentException e) {
      return UNKNOWN;
    }
  }

  private static boolean known(JsonNode value) {
    return !value.isMissingNode() && !value.isNull();
  }

  private static int indexOf(List<Item> items, String sign, int from) {
    for (int i = from; i < items.size(); i++) {
      if (items.get(i).is(sign)) {
        return i;
      }
    }
    return -1;
  }

  private static List<List<Item>> split(List<Item> items, String sign) {
    List<List<Item>> parts = new ArrayList<>();
    int from = 0;
    for (int at = indexOf(items, sign, 0); at >= 0; at = indexOf(items, sign, from)) {
      parts.add(items.subList(from, at));
      from = at + 1;
    }
    parts.add(items.subList(from, items.size()));
    return parts;
  }
}
