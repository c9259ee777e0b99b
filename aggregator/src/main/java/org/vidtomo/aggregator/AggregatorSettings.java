package org.vidtomo.aggregator;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.vidtomo.core.network.KeptAddresses;
import org.vidtomo.runtime.network.NetworkSettings;
import org.vidtomo.runtime.settings.Settings;

/**
 * What an aggregator is told.
 *
 * @param listen of {@code /health} and {@code /metrics}; port 0: a free one
 * @param prefetch reports in flight at the most
 * @param workers threads that verify and derive, 1 to 256
 * @param refusedBytes of reports that are refused, kept of one sender in a day; above 0
 * @param sharedUser the broker's user that agents share, where they have none of their own
 * @param root file with the public half of the root key, by which coordinators' keys are certified;
 *     empty: the one that the coordinator wrote to the store
 * @param networks file with the table of networks
 * @param addresses what is kept of agents' public addresses
 */
public record AggregatorSettings(
    InetSocketAddress listen,
    int prefetch,
    int workers,
    long refusedBytes,
    Optional<String> sharedUser,
    Optional<Path> root,
    Optional<Path> networks,
    KeptAddresses addresses) {
  public static final int DEFAULT_PORT = 8082;
  public static final int DEFAULT_PREFETCH = 200;
  private static final int MOST_WORKERS = 256;

  /** More than an honest agent can send: its spool holds half of it, which it may send in a day. */
  private static final long REFUSED_BYTES = 128_000_000;

  public AggregatorSettings {
    requireNonNull(listen, "listen");
    requireNonNull(sharedUser, "sharedUser");
    requireNonNull(root, "root");
    requireNonNull(networks, "networks");
    requireNonNull(addresses, "addresses");
    if (prefetch < 1 || prefetch > 10_000) {
      throw new IllegalArgumentException("prefetch must be 1 to 10000, is " + prefetch);
    }
    if (workers < 1 || workers > MOST_WORKERS) {
      throw new IllegalArgumentException("workers must be 1 to 256, is " + workers);
    }
    if (refusedBytes < 1) {
      throw new IllegalArgumentException("refusedBytes must be >= 1, is " + refusedBytes);
    }
  }

  /** From a process's settings; the README has the table. */
  public static AggregatorSettings from(Settings settings) {
    return new AggregatorSettings(
        settings
            .address("aggregator.listen", DEFAULT_PORT)
            .orElse(InetSocketAddress.createUnresolved("127.0.0.1", DEFAULT_PORT)),
        settings.integer("aggregator.prefetch", DEFAULT_PREFETCH, 1, 10_000),
        settings.integer(
            "aggregator.workers",
            Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors()),
            1,
            MOST_WORKERS),
        settings.bytes("aggregator.refused.kept", REFUSED_BYTES),
        settings.string("agents.shared.user"),
        settings.path("trust.root"),
        NetworkSettings.table(settings),
        NetworkSettings.keptAddresses(settings));
  }
}
