package org.vidtomo.agent.network;

import static java.util.Objects.requireNonNull;

import org.vidtomo.core.network.Networks;

/**
 * How this machine finds out which networks addresses are of.
 *
 * @param table asked first
 * @param ask whether Team Cymru is asked over DNS where the table does not know; it then learns
 *     from this machine's resolver which prefixes are asked for
 */
public record NetworkLookup(Networks table, boolean ask) {
  /** Without a table. */
  public static final NetworkLookup DEFAULTS = new NetworkLookup(Networks.NONE, true);

  public NetworkLookup {
    requireNonNull(table, "table");
  }
}
