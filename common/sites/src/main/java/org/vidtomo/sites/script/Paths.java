package org.vidtomo.sites.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;

/** How a place is named: {@code a.b}, {@code a["b"]}, {@code a(…).b}. */
final class Paths {
  private static final int MAX_ITEMS = 12;

  /** Longer keys and names are none that a script goes by. */
  private static final int MAX_PART = 200;

  private Paths() {}

  /** What the last items name, such as the function before its arguments; empty when nothing. */
  static String ending(List<Item> items) {
    StringBuilder path = new StringBuilder();
    boolean expectName = true;
    int least = Math.max(0, items.size() - MAX_ITEMS);
    for (int i = items.size() - 1; i >= least; i--) {
      Item item = items.get(i);
      String part = part(item);
      boolean follows = item instanceof Item.Group;
      if (part.isEmpty() || !expectName && !item.is(".") && !follows) {
        break;
      }
      path.insert(0, part);
      expectName = item.is(".") || follows;
    }
    String text = path.toString();
    return text.startsWith(".") ? text.substring(1) : text;
  }

  private static String part(Item item) {
    if (item.is(".")) {
      return ".";
    }
    if (item instanceof Item.Group group) {
      JsonNode key = group.open() == '[' ? group.value().path(0) : MissingNode.getInstance();
      boolean named = key.isTextual() && key.asText().length() <= MAX_PART;
      return group.open() == '(' ? "()" : named ? "." + key.asText() : "";
    }
    return item.operand() && item.name().length() <= MAX_PART ? item.name() : "";
  }
}
