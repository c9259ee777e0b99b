package org.vidtomo.launcher.up;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.vidtomo.coordinator.CoordinatorSettings;
import org.vidtomo.dashboard.DashboardSettings;
import org.vidtomo.runtime.http.Loopback;
import org.vidtomo.runtime.settings.SettingException;
import org.vidtomo.runtime.settings.Settings;

/**
 * Where an installation on one machine listens.
 *
 * @param coordinator of its HTTP API
 * @param dashboard of the web page
 * @param broker of the embedded broker: agents come back to it, so that its port stays the same
 */
record UpSettings(
    InetSocketAddress coordinator, InetSocketAddress dashboard, InetSocketAddress broker) {
  static final int BROKER_PORT = 5672;

  private static final String LOOPBACK = "127.0.0.1";

  UpSettings {
    requireNonNull(coordinator, "coordinator");
    requireNonNull(dashboard, "dashboard");
    requireNonNull(broker, "broker");
  }

  /** From {@code coordinator.listen}, {@code dashboard.listen} and {@code broker.listen}. */
  static UpSettings from(Settings settings) {
    return new UpSettings(
        address(settings, "coordinator.listen", CoordinatorSettings.DEFAULT_PORT),
        address(settings, "dashboard.listen", DashboardSettings.DEFAULT_PORT),
        address(settings, "broker.listen", BROKER_PORT));
  }

  private static InetSocketAddress address(Settings settings, String key, int port) {
    InetSocketAddress address =
        settings
            .address(key, port)
            .orElseGet(() -> InetSocketAddress.createUnresolved(LOOPBACK, port));
    if (!Loopback.is(address.getHostString())) {
      throw new SettingException(
          "%s is %s, which others can reach: without TLS only loopback is possible"
              .formatted(key, address.getHostString()));
    }
    return address;
  }

  /**
   * Fails before anything is started where a port is taken: Cassandra takes its time.
   *
   * @param embeddedBroker whether the broker's port matters
   */
  void requireFree(boolean embeddedBroker) {
    requireFree("the coordinator", "coordinator.listen", coordinator);
    requireFree("the dashboard", "dashboard.listen", dashboard);
    if (embeddedBroker) {
      requireFree("the broker", "broker.listen", broker);
    }
  }

  private static void requireFree(String who, String key, InetSocketAddress address) {
    InetSocketAddress resolved = new InetSocketAddress(address.getHostString(), address.getPort());
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(resolved);
    } catch (IOException e) {
      throw new SettingException(
          "%s cannot listen on %s:%d (%s): end what uses that port, or set %s (%s) to another"
              .formatted(
                  who,
                  address.getHostString(),
                  address.getPort(),
                  e.getMessage(),
                  key,
                  Settings.variable(key)));
    }
  }
}
