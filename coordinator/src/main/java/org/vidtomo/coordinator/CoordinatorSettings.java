package org.vidtomo.coordinator;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.vidtomo.coordinator.flood.FloodLimits;
import org.vidtomo.coordinator.source.SourceSettings;
import org.vidtomo.core.network.KeptAddresses;
import org.vidtomo.runtime.http.ServerTls;
import org.vidtomo.runtime.network.NetworkSettings;
import org.vidtomo.runtime.settings.Settings;

/**
 * What a coordinator is told. The README has the table.
 *
 * @param listen of the HTTP API; port 0: a free one
 * @param tls of the HTTP API; empty: plain text
 * @param directory of keys and tokens
 * @param keyFile of the coordinator's key
 * @param sharedUser the broker's user that agents share, where they have none of their own
 * @param floods what an agent may send
 * @param window tasks that an agent may hold
 * @param measurementLimit what one measurement may take
 * @param leaseMargin added to the window's measurements
 * @param grace after a lease's end, until the task is given to another agent
 * @param presenceTimeout an agent silent for longer is taken for gone
 * @param freezeAfterStart no reassignment for so long after a start
 * @param freezeHold no reassignment for so long after many agents vanished
 * @param stalledAfter a campaign in which nothing began or ended for so long is stalled
 * @param maxVideos in one campaign
 * @param startsPerHost of the whole fleet at one host, a minute
 * @param source how lists of videos are read
 * @param networks file with the table of networks
 * @param addresses what is kept of agents' public addresses
 */
public record CoordinatorSettings(
    InetSocketAddress listen,
    Optional<ServerTls> tls,
    Path directory,
    Path keyFile,
    Optional<String> sharedUser,
    FloodLimits floods,
    int window,
    Duration measurementLimit,
    Duration leaseMargin,
    Duration grace,
    Duration presenceTimeout,
    Duration freezeAfterStart,
    Duration freezeHold,
    Duration stalledAfter,
    int maxVideos,
    int startsPerHost,
    SourceSettings source,
    Optional<Path> networks,
    KeptAddresses addresses) {
  public static final int DEFAULT_PORT = 8081;

  public CoordinatorSettings {
    requireNonNull(listen, "listen");
    requireNonNull(tls, "tls");
    requireNonNull(directory, "directory");
    requireNonNull(keyFile, "keyFile");
    requireNonNull(sharedUser, "sharedUser");
    requireNonNull(floods, "floods");
    requireNonNull(source, "source");
    requireNonNull(networks, "networks");
    requireNonNull(addresses, "addresses");
    if (window < 1 || window > 10) {
      throw new IllegalArgumentException("window must be 1 to 10, is " + window);
    }
    positive("measurementLimit", measurementLimit);
    positive("presenceTimeout", presenceTimeout);
    positive("stalledAfter", stalledAfter);
    notNegative("leaseMargin", leaseMargin);
    notNegative("grace", grace);
    notNegative("freezeAfterStart", freezeAfterStart);
    notNegative("freezeHold", freezeHold);
    if (maxVideos < 1) {
      throw new IllegalArgumentException("maxVideos must be >= 1, is " + maxVideos);
    }
    if (startsPerHost < 1) {
      throw new IllegalArgumentException("startsPerHost must be >= 1, is " + startsPerHost);
    }
  }

  /**
   * From a process's settings.
   *
   * @param directory the default for keys and tokens
   */
  public static CoordinatorSettings from(Settings settings, Path directory) {
    Path home = settings.path("coordinator.directory", directory);
    return new CoordinatorSettings(
        settings
            .address("coordinator.listen", DEFAULT_PORT)
            .orElse(InetSocketAddress.createUnresolved("127.0.0.1", DEFAULT_PORT)),
        ServerTls.from(settings),
        home,
        settings.path("coordinator.key.file", home.resolve("coordinator.key")),
        settings.string("agents.shared.user"),
        FloodLimits.from(settings),
        settings.integer("coordinator.window", 3, 1, 10),
        settings.duration("coordinator.measurement.limit", Duration.ofMinutes(3)),
        settings.duration("coordinator.lease.margin", Duration.ofMinutes(1)),
        settings.duration("coordinator.grace", Duration.ofSeconds(60)),
        settings.duration("coordinator.presence.timeout", Duration.ofSeconds(45)),
        settings.duration("coordinator.freeze.start", Duration.ofSeconds(60)),
        settings.duration("coordinator.freeze.hold", Duration.ofMinutes(5)),
        settings.duration("coordinator.stalled.after", Duration.ofMinutes(15)),
        settings.integer("coordinator.max.videos", 2_000_000, 1, 10_000_000),
        settings.integer("coordinator.starts.per.host", 600, 1, 100_000_000),
        SourceSettings.from(settings),
        NetworkSettings.table(settings),
        NetworkSettings.keptAddresses(settings));
  }

  /** How long an agent has for a task, from its assignment: it may hold others before. */
  public Duration lease() {
    return measurementLimit.multipliedBy(window).plus(leaseMargin);
  }

  private static void positive(String name, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + " must be > 0, is " + value);
    }
  }

  private static void notNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative, is " + value);
    }
  }
}
