package org.vidtomo.bench.ingest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.Delivery;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.Subscription;
import org.vidtomo.messaging.Topology;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;
import org.vidtomo.testkit.ChildJvm;
import org.vidtomo.testkit.RabbitMq;

/** A broker, a keyspace of a Cassandra, and an aggregator between them in a process of its own. */
final class IngestRig implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int AHEAD = 500;
  private static final long LOOK_MILLIS = 20;

  /** Machines at rest take less of their processors; for so long at the most is waited for it. */
  private static final double AT_REST = 0.2;

  private static final Duration REST_LIMIT = Duration.ofSeconds(8);
  private static final long REST_MILLIS = 500;

  /** The heap of the other children; the collector that the launcher asks for. */
  private static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseSerialGC");

  private static final Pattern STORED = Pattern.compile("stored (\\d+) nanos (\\d+)");
  private static final Pattern COUNTED = Pattern.compile("counted (\\d+)");
  private static final Pattern LOOKED = Pattern.compile("looked (\\d+) heap (\\d+) rss (\\d+)");

  final BenchReports source = new BenchReports();
  private final InetSocketAddress cassandra;
  private final String datacenter;
  private final String keyspace;
  private final BrokerConnection filling;
  private final ChildJvm aggregator;

  /** What an aggregator says of itself in the middle of its work. */
  record Look(long stored, long heapBytes, long residentBytes) {}

  /** Starts all of it; nothing is taken yet. */
  IngestRig(InetSocketAddress cassandra, String datacenter, String keyspace)
      throws InterruptedException {
    this.cassandra = cassandra;
    this.datacenter = datacenter;
    this.keyspace = keyspace;
    URI broker = RabbitMq.shared().newVirtualHost();
    filling = new BrokerConnection(BrokerSettings.of(broker, "bench-filling"));
    filling.start();
    filling.awaitConnected(PATIENCE);
    filling.topology().declareShared();
    try (Store store = Store.open(settings(keyspace))) {
      source.enrol(store);
    }
    aggregator =
        ChildJvm.start(
            AggregatorChild.class,
            JVM,
            Map.of(),
            cassandra.getHostString(),
            String.valueOf(cassandra.getPort()),
            datacenter,
            keyspace,
            broker.toString());
  }

  StoreSettings settings(String name) {
    return StoreSettings.of(List.of(cassandra), datacenter).withKeyspace(name);
  }

  String keyspace() {
    return keyspace;
  }

  ProcessorTime processorTime() {
    return ProcessorTime.now(aggregator.pid());
  }

  /** Until the queue holds so many reports of real make. */
  void fill(int count) {
    long there = queued(Topology.REPORTS_INGEST);
    Deque<CompletableFuture<Void>> ahead = new ArrayDeque<>();
    for (long i = there; i < count; i++) {
      publish(source.next(), ahead);
    }
    ahead.forEach(CompletableFuture::join);
  }

  private void publish(OutgoingMessage message, Deque<CompletableFuture<Void>> ahead) {
    ahead.add(filling.publisher().publish(message, PATIENCE.multipliedBy(5)));
    if (ahead.size() >= AHEAD) {
      ahead.remove().join();
    }
  }

  /** Has the queue hold so many until {@code next} gives no more, and waits until all are there. */
  void feed(int most, Supplier<Optional<OutgoingMessage>> next) throws InterruptedException {
    Deque<CompletableFuture<Void>> ahead = new ArrayDeque<>();
    for (var message = next.get(); message.isPresent(); message = next.get()) {
      publish(message.get(), ahead);
      if (ahead.size() >= AHEAD) {
        ahead.forEach(CompletableFuture::join);
        ahead.clear();
        while (queued(Topology.REPORTS_INGEST) > most) {
          TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
      }
    }
    ahead.forEach(CompletableFuture::join);
  }

  long queued(String queue) {
    return filling.topology().messageCount(queue).orElse(0);
  }

  /** Someone has to take the outcomes, as a coordinator does. */
  Subscription takeOutcomes() {
    return filling.subscribe(Topology.OUTCOMES_COORDINATOR, AHEAD, Delivery::ack);
  }

  /** Lets all of them come to rest after what was done before, and takes the outcomes away. */
  void rest() throws InterruptedException {
    try (Subscription outcomes = takeOutcomes()) {
      long until = System.nanoTime() + REST_LIMIT.toNanos();
      double busy = 1;
      while ((busy > AT_REST || queued(Topology.OUTCOMES_COORDINATOR) > 0)
          && System.nanoTime() < until) {
        ProcessorTime before = processorTime();
        TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
        busy = processorTime().millisSince(before, 1, "bench") / REST_MILLIS;
      }
    }
  }

  /** Tells the aggregator to take reports, until so many are stored. */
  void begin(long reports) {
    aggregator.send(Long.toString(reports));
  }

  /** Has so many reports stored; the nanoseconds that it took. */
  long store(long reports) throws InterruptedException {
    int before = answers(STORED);
    begin(reports);
    return Long.parseLong(awaitAnswer(STORED, before).group(2));
  }

  /** How many it has stored since it began. */
  long stored() throws InterruptedException {
    int before = answers(COUNTED);
    aggregator.send("count");
    return Long.parseLong(awaitAnswer(COUNTED, before).group(1));
  }

  /** Has it collect its garbage and say what is left. */
  Look look() throws InterruptedException {
    int before = answers(LOOKED);
    aggregator.send("look");
    Matcher looked = awaitAnswer(LOOKED, before);
    return new Look(
        Long.parseLong(looked.group(1)),
        Long.parseLong(looked.group(2)),
        Long.parseLong(looked.group(3)));
  }

  /** What the processes of a kind hold of the memory. */
  long residentBytes(String kind) throws IOException {
    long bytes = 0;
    for (long pid : ProcessorTime.processes(kind, aggregator.pid())) {
      bytes += Resident.bytes(Long.toString(pid));
    }
    return bytes;
  }

  private int answers(Pattern form) {
    return (int) aggregator.output().lines().filter(form.asMatchPredicate()).count();
  }

  private Matcher awaitAnswer(Pattern form, int before) throws InterruptedException {
    while (answers(form) <= before) {
      if (!aggregator.isAlive()) {
        throw new IllegalStateException("The aggregator ended:\n" + aggregator.output());
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    Matcher answer =
        aggregator
            .output()
            .lines()
            .filter(form.asMatchPredicate())
            .skip(before)
            .map(form::matcher)
            .findFirst()
            .orElseThrow();
    answer.matches();
    return answer;
  }

  @Override
  public void close() {
    aggregator.close();
    filling.close();
  }
}
