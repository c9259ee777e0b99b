package org.vidtomo.launcher.wiring;

import static java.util.Objects.requireNonNull;

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
   * @param settings where it is, and the name shown in its list of connections
   */
  public BrokerComponent(BrokerSettings settings) {
    connection = new BrokerConnection(requireNonNull(settings, "settings"));
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
