package org.vidtomo.sites.script;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A value that stands in a script.
 *
 * @param name what it is assigned to, or given to: {@code player.config}, {@code jwplayer().setup}
 * @param value may be part of other values, and deeper than what JSON readers let pass
 * @param given handed to a function, not assigned
 */
public record Literal(String name, JsonNode value, boolean given) {
  public Literal {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
  }
}
