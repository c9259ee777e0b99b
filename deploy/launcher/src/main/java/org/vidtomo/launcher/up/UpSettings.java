package org.vidtomo.launcher.up;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.stream.Stream;
import org.vidtomo.coordinator.CoordinatorSettings;
import org.vidtomo.dashboard.DashboardSettings;
import org.vidtomo.runtime.http.Loopback;
import org.vidtomo.runtime.http.ServerTls;
import org.vidtomo.runtime.settings.SettingException;
import org.vidtomo.runtime.settings.Settings;

/**
 * Where an installation on one machine listens. Whatever is open to others speaks TLS.
 *
 * @param coordinator of its HTTP API
 * @param dashboard of the web page
 * @param broker of the embedded broker: agents come back to it, so that its port stays the same
 * @param tls whether all three speak TLS
 * @param publicName by which others reach this machine, where it is not the address listened on
 * @param certificates given by the operator; empty: the installation makes its own
 */
record UpSettings(
    InetSocketAddress coordinator,
    InetSocketAddress dashboard,
    InetSocketAddress broker,
    boolean tls,
    Optional<String> publicName,
    Optional<ServerTls> certificates) {
  static final int BROKER_PORT = 5672;
  static final int SECURED_BROKER_PORT = 5671;

  UpSettings {
    requireNonNull(coordinator, "coordinator");
    requireNonNull(dashboard, "dashboard");
    requireNonNull(broker, "broker");
    requireNonNull(publicName, "publicName");
    requireNonNull(certificates, "certificates");
  }

  /** From {@code up.listen}, what single servers are told, {@code up.name} and {@code tls.…}. */
  static UpSettings from(Settings settings) {
    Optional<String> open = settings.string("up.listen");
    Optional<ServerTls> certificates = ServerTls.from(settings);
    String host = open.orElse("127.0.0.1");
    InetSocketAddress coordinator =
        address(settings, "coordinator.listen", host, CoordinatorSettings.DEFAULT_PORT);
    InetSocketAddress dashboard =
        address(settings, "dashboard.listen", host, DashboardSettings.DEFAULT_PORT);
    boolean others =
        Stream.of(coordinator, dashboard, address(settings, "broker.listen", host, BROKER_PORT))
            .anyMatch(each -> !Loopback.is(each.getHostString()));
    boolean tls = open.isPresent() || certificates.isPresent() || others;
    return new UpSettings(
        coordinator,
        dashboard,
        address(settings, "broker.listen", host, tls ? SECURED_BROKER_PORT : BROKER_PORT),
        tls,
        settings.string("up.name"),
        certificates);
  }

  private static InetSocketAddress address(Settings settings, String key, String host, int port) {
    return settings
        .address(key, port)
        .orElseGet(() -> InetSocketAddress.createUnresolved(host, port));
  }

  /** The host by which others reach a server that listens here. */
  String hostFor(InetSocketAddress listen) {
    String host = listen.getHostString();
    return publicName.orElseGet(() -> ThisMachine.isAny(host) ? ThisMachine.address() : host);
  }

  /** The host by which this machine's own clients reach it, such that its certificate fits. */
  String hostForOwn(InetSocketAddress listen) {
    String host = listen.getHostString();
    if (certificates.isPresent()) {
      return hostFor(listen);
    }
    return ThisMachine.isAny(host) ? "127.0.0.1" : host;
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
