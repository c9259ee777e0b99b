package org.vidtomo.bench.query;

import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.vidtomo.dashboard.Dashboard;
import org.vidtomo.dashboard.DashboardSettings;
import org.vidtomo.dashboard.api.Sources;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.runtime.operations.Metrics;
import org.vidtomo.runtime.settings.Settings;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;

/** A dashboard in a process of its own. Ends when its standard input does. */
final class DashboardChild {
  static final String LISTENS = "listens on port ";

  private DashboardChild() {}

  /** Cassandra's host, port, data centre, keyspace; the broker. */
  public static void main(String[] args) throws Exception {
    Store store =
        Store.open(
            StoreSettings.of(
                    List.of(new InetSocketAddress(args[0], Integer.parseInt(args[1]))), args[2])
                .withKeyspace(args[3]));
    BrokerConnection broker =
        new BrokerConnection(BrokerSettings.of(URI.create(args[4]), "bench-dashboard"));
    broker.start();
    Dashboard dashboard =
        new Dashboard(
            Vertx.vertx(),
            DashboardSettings.of(Settings.of(Map.of("dashboard.listen", "127.0.0.1:0"))),
            () -> Sources.of(store),
            broker,
            List::of,
            new Metrics(),
            Clock.systemUTC());
    dashboard.start();
    System.out.println(LISTENS + dashboard.port());
    while (System.in.read() >= 0) {
      // Nothing is said to it; the end of the benchmark is heard.
    }
    System.exit(0);
  }
}
