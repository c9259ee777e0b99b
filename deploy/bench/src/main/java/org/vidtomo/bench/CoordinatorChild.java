package org.vidtomo.bench;

import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vidtomo.coordinator.Coordinator;
import org.vidtomo.coordinator.CoordinatorSettings;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.admin.BrokerAdmin;
import org.vidtomo.runtime.operations.Metrics;
import org.vidtomo.runtime.operations.Operations;
import org.vidtomo.runtime.settings.Settings;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;

/**
 * The coordinator in a process of its own, whose heap is bounded. Ends when its standard input
 * does, or at SIGTERM, without taking leave: what it must not forget is in the store and the
 * broker. Its last words are how much heap it used.
 */
final class CoordinatorChild {
  static final String READY = "ready after ";
  static final String HEAP = "heap after collections ";

  private CoordinatorChild() {}

  /** Cassandra's host, port, data centre, keyspace; the broker; the directory; the API's port. */
  public static void main(String[] args) throws Exception {
    long start = System.nanoTime();
    HeapWatch heap = HeapWatch.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> lastWords(heap), "last-words"));
    Store store =
        Store.open(
            StoreSettings.of(
                    List.of(new InetSocketAddress(args[0], Integer.parseInt(args[1]))), args[2])
                .withKeyspace(args[3]));
    URI broker = URI.create(args[4]);
    Vertx vertx = Vertx.vertx();
    Metrics metrics = new Metrics();
    new Coordinator(
            CoordinatorSettings.from(
                Settings.of(
                    Map.of(
                        "coordinator.listen",
                        "127.0.0.1:" + args[6],
                        "coordinator.starts.per.host",
                        "100000000")),
                Path.of(args[5])),
            () -> store,
            name -> new BrokerConnection(BrokerSettings.of(broker, name)),
            BrokerAdmin.shared(broker),
            vertx,
            new Operations(vertx, List::of, metrics),
            metrics,
            Clock.systemUTC())
        .start();
    System.out.printf(Locale.ROOT, "%s%.1f s%n", READY, (System.nanoTime() - start) / 1e9);
    while (System.in.read() >= 0) {
      // Nothing is said to it; the end of the benchmark is heard.
    }
    System.exit(0);
  }

  private static void lastWords(HeapWatch heap) {
    long most = Runtime.getRuntime().maxMemory();
    System.out.printf(
        Locale.ROOT,
        "%s%d MB, with garbage %d MB, of %d MB%n",
        HEAP,
        heap.takeMost() >> 20,
        Math.min(HeapWatch.peak(), most) >> 20,
        most >> 20);
  }
}
