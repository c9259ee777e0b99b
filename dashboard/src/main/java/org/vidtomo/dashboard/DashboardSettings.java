package org.vidtomo.dashboard;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import org.vidtomo.runtime.settings.Settings;

/**
 * Where the dashboard listens and whom it asks.
 *
 * @param listen port 0: a free one
 * @param coordinator where {@code /api/v1/admin} leads; absent: nowhere
 */
public record DashboardSettings(InetSocketAddress listen, Optional<URI> coordinator) {
  public static final int DEFAULT_PORT = 8080;

  public DashboardSettings {
    requireNonNull(listen, "listen");
    requireNonNull(coordinator, "coordinator");
  }

  /** From {@code dashboard.listen} and {@code coordinator}. */
  public static DashboardSettings of(Settings settings) {
    return new DashboardSettings(
        settings
            .address("dashboard.listen", DEFAULT_PORT)
            .orElseGet(() -> InetSocketAddress.createUnresolved("127.0.0.1", DEFAULT_PORT)),
        settings.uri("coordinator"));
  }
}
