package org.vidtomo.agent.network;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How this machine finds out which networks addresses are of.
 *
 * @param table file of a table that is asked first
 * @param ask whether Team Cymru is asked over DNS where the table does not know; it then learns
 *     from this machine's resolver which prefixes are asked for
 */
public record NetworkLookup(Optional<Path> table, boolean ask) {
  /** Without a table. */
  public static final NetworkLookup DEFAULTS = new NetworkLookup(Optional.empty(), true);

  public NetworkLookup {
    requireNonNull(table, "table");
  }
}
