package org.vidtomo.bench;

import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.vidtomo.coordinator.Coordinator;
import org.vidtomo.coordinator.CoordinatorSettings;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
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
  private static final long HEAP_PERIOD_MILLIS = 200;

  private CoordinatorChild() {}

  /** Cassandra's host, port, data centre, keyspace; the broker; the directory; the API's port. */
  public static void main(String[] args) throws Exception {
    long start = System.nanoTime();
    AtomicLong live = watchHeap();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> lastWords(live), "last-words"));
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
                Path.of(args[5]),
                broker),
            () -> store,
            name -> new BrokerConnection(BrokerSettings.of(broker, name)),
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

  /** The most that was left after a collection, in bytes. */
  private static AtomicLong watchHeap() {
    AtomicLong most = new AtomicLong();
    ScheduledExecutorService watch =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "heap-watch");
              thread.setDaemon(true);
              return thread;
            });
    watch.scheduleAtFixedRate(
        () -> {
          long live =
              pools().stream()
                  .map(MemoryPoolMXBean::getCollectionUsage)
                  .filter(Objects::nonNull)
                  .mapToLong(MemoryUsage::getUsed)
                  .sum();
          most.accumulateAndGet(live, Math::max);
        },
        HEAP_PERIOD_MILLIS,
        HEAP_PERIOD_MILLIS,
        TimeUnit.MILLISECONDS);
    return most;
  }

  private static List<MemoryPoolMXBean> pools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private static void lastWords(AtomicLong live) {
    long peak = pools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    long most = Runtime.getRuntime().maxMemory();
    System.out.printf(
        Locale.ROOT,
        "%s%d MB, with garbage %d MB, of %d MB%n",
        HEAP,
        live.get() >> 20,
        Math.min(peak, most) >> 20,
        most >> 20);
  }
}
