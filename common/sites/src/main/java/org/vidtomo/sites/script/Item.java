package org.vidtomo.sites.script;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A part of an expression. */
sealed interface Item {

  /** A token that is no bracket. */
  record Leaf(Token token) implements Item {}

  /**
   * What stood between two brackets.
   *
   * @param values of its elements; missing nodes where they are not known
   * @param value of the whole, or a missing node
   */
  record Group(char open, List<JsonNode> values, JsonNode value) implements Item {}

  default boolean is(String sign) {
    return this instanceof Leaf leaf && leaf.token().is(sign);
  }

  default boolean operand() {
    return this instanceof Group || this instanceof Leaf leaf && leaf.token().operand();
  }

  /** A plain name or keyword; otherwise empty. */
  default String name() {
    return this instanceof Leaf leaf && leaf.token().kind() == Token.Kind.NAME
        ? leaf.token().text()
        : "";
  }
}
