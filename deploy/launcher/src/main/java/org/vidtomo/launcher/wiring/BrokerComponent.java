package org.vidtomo.launcher.wiring;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerHealth;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.runtime.Component;
import org.vidtomo.runtime.Health;

/** A connection to the broker as a part of a role. It connects in the background. */
public final class BrokerComponent implements Component {
  private final BrokerConnection connection;

  /**
   * A connection that is not open yet.
   *
   * @param role shown in the broker's list of connections
   */
  public BrokerComponent(URI amqpUri, String role) {
    connection =
        new BrokerConnection(
            BrokerSettings.of(requireNonNull(amqpUri, "amqpUri"), "vidtomo-" + role));
  }

  public BrokerConnection connection() {
    return connection;
  }

  @Override
  public String name() {
    return "broker";
  }

  @Override
  public void start() {
    connection.start();
  }

  @Override
  public Health check() {
    BrokerHealth health = connection.check();
    if (!health.connected()) {
      return Health.down(health.describe());
    }
    return health.healthy() ? Health.ok(health.describe()) : Health.degraded(health.describe());
  }

  @Override
  public void close() {
    connection.close();
  }
}
