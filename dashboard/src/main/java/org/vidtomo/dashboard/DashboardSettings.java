package org.vidtomo.dashboard;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.vidtomo.dashboard.index.LiveIndex;
import org.vidtomo.runtime.http.ServerTls;
import org.vidtomo.runtime.settings.Settings;

/**
 * Where the dashboard listens and whom it asks.
 *
 * @param listen port 0: a free one
 * @param tls empty: plain text
 * @param coordinator where {@code /api/v1/admin} leads; absent: nowhere
 * @param authorities PEM file of those to trust for the coordinator; empty: the system's
 * @param indexRows measurements kept in memory at the most
 * @param hideAgentsBelow the public may know an agent that shares everything that is said of it
 *     with so many, itself counted; 0 and 1: every agent
 * @param beat how often listeners to events hear something at least
 */
public record DashboardSettings(
    InetSocketAddress listen,
    Optional<ServerTls> tls,
    Optional<URI> coordinator,
    Optional<Path> authorities,
    int indexRows,
    int hideAgentsBelow,
    Duration beat) {
  public static final int DEFAULT_PORT = 8080;

  /** Fewer are few enough to be told apart. */
  public static final int DEFAULT_HIDE_BELOW = 5;

  /** A page that hears nothing for a little more than twice as long takes itself for cut off. */
  public static final Duration DEFAULT_BEAT = Duration.ofSeconds(5);

  public DashboardSettings {
    requireNonNull(listen, "listen");
    requireNonNull(tls, "tls");
    requireNonNull(coordinator, "coordinator");
    requireNonNull(authorities, "authorities");
    if (indexRows < 1) {
      throw new IllegalArgumentException("indexRows must be at least 1, is " + indexRows);
    }
    if (beat.compareTo(Duration.ofMillis(100)) < 0) {
      throw new IllegalArgumentException("dashboard.beat must be at least 100ms, is " + beat);
    }
  }

  /** From {@code dashboard.…}, {@code coordinator} and {@code tls.…}. */
  public static DashboardSettings of(Settings settings) {
    return new DashboardSettings(
        settings
            .address("dashboard.listen", DEFAULT_PORT)
            .orElseGet(() -> InetSocketAddress.createUnresolved("127.0.0.1", DEFAULT_PORT)),
        ServerTls.from(settings),
        settings.uri("coordinator"),
        settings.path("tls.ca"),
        settings.integer("dashboard.index.rows", LiveIndex.defaultRows(), 1, 100_000_000),
        settings.integer("dashboard.hide.agents.below", DEFAULT_HIDE_BELOW, 0, 1_000),
        settings.duration("dashboard.beat", DEFAULT_BEAT));
  }
}
