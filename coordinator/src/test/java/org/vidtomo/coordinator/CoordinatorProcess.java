package org.vidtomo.coordinator;

import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.vidtomo.coordinator.TestSystem.Times;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.runtime.operations.Metrics;
import org.vidtomo.runtime.operations.Operations;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;

/** A coordinator in a process of its own, to be killed. It ends when its standard input does. */
final class CoordinatorProcess {
  private CoordinatorProcess() {}

  /**
   * Cassandra's host, port, data centre and keyspace; the broker; the directory; the API's port.
   */
  public static void main(String[] args) throws Exception {
    Store store =
        Store.open(
            StoreSettings.of(
                    List.of(new InetSocketAddress(args[0], Integer.parseInt(args[1]))), args[2])
                .withKeyspace(args[3]));
    URI broker = URI.create(args[4]);
    Vertx vertx = Vertx.vertx();
    Metrics metrics = new Metrics();
    new Coordinator(
            TestSystem.settings(Path.of(args[5]), broker, Integer.parseInt(args[6]), Times.PATIENT),
            () -> store,
            name -> new BrokerConnection(BrokerSettings.of(broker, name)),
            vertx,
            new Operations(vertx, List::of, metrics),
            metrics,
            Clock.systemUTC())
        .start();
    while (System.in.read() >= 0) {
      // Nothing is said to it; the end of the tests is heard.
    }
    Runtime.getRuntime().halt(0);
  }
}
