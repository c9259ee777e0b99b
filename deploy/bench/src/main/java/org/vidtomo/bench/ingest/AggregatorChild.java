package org.vidtomo.bench.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.vidtomo.aggregator.Aggregator;
import org.vidtomo.aggregator.AggregatorSettings;
import org.vidtomo.bench.HeapWatch;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.runtime.settings.Settings;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;

/**
 * An aggregator in a process of its own, whose heap is bounded. For each number on its standard
 * input it works until so many reports more are stored, and prints how long that took; then it
 * takes no more. It ends when its standard input does.
 */
final class AggregatorChild {
  private static final long LOOK_MILLIS = 5;

  private AggregatorChild() {}

  /** Cassandra's host, port, data centre, keyspace; the broker. */
  public static void main(String[] args) throws Exception {
    HeapWatch heap = HeapWatch.start();
    Store store =
        Store.open(
            StoreSettings.of(
                    List.of(new InetSocketAddress(args[0], Integer.parseInt(args[1]))), args[2])
                .withKeyspace(args[3]));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      long nanos = store(store, URI.create(args[4]), Long.parseLong(line.strip()));
      System.out.printf(
          Locale.ROOT,
          "stored %d nanos %d heap %d rss %d%n",
          Long.parseLong(line.strip()),
          nanos,
          heap.takeMost(),
          residentBytes());
    }
    System.exit(0);
  }

  private static long store(Store store, URI broker, long reports) throws InterruptedException {
    MeterRegistry registry = new SimpleMeterRegistry();
    try (BrokerConnection connection = new BrokerConnection(BrokerSettings.of(broker, "bench"));
        Aggregator aggregator =
            new Aggregator(
                AggregatorSettings.from(Settings.load(Map.of("aggregator.listen", "127.0.0.1:0"))),
                () -> store,
                connection,
                registry,
                Clock.systemUTC())) {
      connection.start();
      long start = System.nanoTime();
      aggregator.start();
      while (registry.get("vidtomo.reports.stored").counter().count() < reports) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
      return System.nanoTime() - start;
    }
  }

  /** What Linux says; 0 elsewhere. */
  private static long residentBytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElse(0);
  }
}
