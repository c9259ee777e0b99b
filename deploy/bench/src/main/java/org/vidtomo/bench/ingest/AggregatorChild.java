package org.vidtomo.bench.ingest;

import static org.vidtomo.bench.Say.say;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.vidtomo.aggregator.Aggregator;
import org.vidtomo.aggregator.AggregatorSettings;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.runtime.settings.Settings;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;

/**
 * An aggregator in a process of its own, whose heap is bounded. For each number on its standard
 * input it works until so many reports more are stored, and prints how long that took; then it
 * takes no more. For each {@code look} it says how many it has stored in this turn, what of its
 * heap is left after a collection, and what it holds of the machine's memory. It ends when its
 * standard input does.
 */
final class AggregatorChild {
  private static final long LOOK_MILLIS = 5;
  private static final String RECEIVED = "vidtomo.reports.received";
  private static final String STORED = "vidtomo.reports.stored";

  private static volatile MeterRegistry counting = new SimpleMeterRegistry();

  private AggregatorChild() {}

  /** Cassandra's host, port, data centre, keyspace; the broker. */
  public static void main(String[] args) throws Exception {
    Store store =
        Store.open(
            StoreSettings.of(
                    List.of(new InetSocketAddress(args[0], Integer.parseInt(args[1]))), args[2])
                .withKeyspace(args[3]));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      switch (line) {
        case "look" -> look();
        case "count" -> say("counted %d", count(counting, STORED));
        default -> {
          long reports = Long.parseLong(line);
          Thread working = new Thread(() -> work(store, URI.create(args[4]), reports), "working");
          working.setDaemon(true);
          working.start();
        }
      }
    }
    System.exit(0);
  }

  private static void work(Store store, URI broker, long reports) {
    try {
      say("stored %d nanos %d", reports, store(store, broker, reports));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
      aggregator.start();
      counting = registry;
      // Starting a process is no part of its rate: the clock runs from the first report in hand.
      awaitCount(registry, RECEIVED, 1);
      long start = System.nanoTime();
      awaitCount(registry, STORED, reports);
      return System.nanoTime() - start;
    }
  }

  private static void awaitCount(MeterRegistry registry, String name, long least)
      throws InterruptedException {
    while (count(registry, name) < least) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private static long count(MeterRegistry registry, String name) {
    var counter = registry.find(name).counter();
    return counter == null ? 0 : (long) counter.count();
  }

  private static void look() throws IOException {
    System.gc();
    say(
        "looked %d heap %d rss %d",
        count(counting, STORED),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        Resident.bytes("self"));
  }
}
