package org.vidtomo.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A connection to the broker under test over a wire that can be cut, and an agent's empty queue.
 */
final class Rig implements AutoCloseable {
  /** Something that happens to the broker. */
  interface Disturbance {
    void happen() throws Exception;
  }

  static final Duration SOON = Duration.ofSeconds(20);

  final TestBroker broker;
  final Wire wire;
  final BrokerConnection connection;
  final String queue = Topology.newAgentQueue();
  private final List<BrokerConnection> opened = new ArrayList<>();

  Rig(TestBroker broker) throws Exception {
    this.broker = broker;
    wire = new Wire(broker.uri());
    connection = open(settings("test"));
    connection.topology().declareShared();
    connection.topology().declareAgentQueue(queue);
    emptySharedQueues();
  }

  @Override
  public void close() throws Exception {
    wire.silent(false);
    connection.topology().deleteAgentQueue(queue);
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
    wire.close();
  }

  void losesNothing(Disturbance disturbance) {
    int messages = 5_000;
    Set<String> arrived = consumeBodies(Topology.REPORTS_INGEST);
    CompletableFuture<Void> restarting =
        CompletableFuture.runAsync(
            () -> {
              await()
                  .pollInterval(Duration.ofMillis(2))
                  .atMost(SOON)
                  .until(() -> connection.metrics().confirmed() >= 1_000);
              try {
                disturbance.happen();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    publishReports(connection, messages);
    assertThat(restarting).succeedsWithin(Duration.ofSeconds(120));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(arrived).hasSize(messages));
    assertThat(connection.metrics().failed()).isZero();
    assertThat(connection.metrics().confirmed()).isEqualTo(messages);
    // What was confirmed before the disturbance needs no second connection, so none may be there
    // yet.
    await().atMost(SOON).until(() -> connection.metrics().connections() > 1);
    await().atMost(SOON).until(() -> connection.check().healthy());
  }

  BrokerConnection open(BrokerSettings settings) {
    BrokerConnection made = new BrokerConnection(settings);
    opened.add(made);
    made.start();
    return made;
  }

  BrokerSettings settings(String name) {
    URI uri = wire.through(broker.uri());
    return BrokerSettings.of(uri, name)
        .withRetries(3, Duration.ofMillis(50))
        .withConnecting(Duration.ofSeconds(5), Duration.ofSeconds(20), SOON, Duration.ofSeconds(1))
        .withPublishing(Duration.ofSeconds(90), 100, Duration.ofSeconds(60))
        .withCloseTimeout(Duration.ofSeconds(2));
  }

  void publish(String to, String body) {
    publish(to, body, true);
  }

  void publish(String to, String body, boolean wait) {
    CompletableFuture<Void> result = connection.publisher().publish(task(to, body));
    if (wait) {
      assertThat(result).succeedsWithin(SOON);
    }
  }

  void awaitDepth(String of, long depth) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(connection.topology().messageCount(of)).as(of).hasValue(depth));
  }

  Delivery take(BrokerConnection from, String of) throws Exception {
    CompletableFuture<Delivery> taken = new CompletableFuture<>();
    Subscription subscription =
        from.subscribe(
            of,
            1,
            d -> {
              d.ack();
              taken.complete(d);
            });
    try {
      return taken.get(30, TimeUnit.SECONDS);
    } finally {
      subscription.close();
    }
  }

  static OutgoingMessage task(String to, String body) {
    return OutgoingMessage.json(Topology.TASKS, to, bytes(body), Map.of(), id());
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static String id() {
    return UUID.randomUUID().toString();
  }

  Delivery hold(BrokerConnection from, String of) throws Exception {
    CompletableFuture<Delivery> held = new CompletableFuture<>();
    from.subscribe(of, 1, held::complete);
    return held.get(30, TimeUnit.SECONDS);
  }

  void publishReports(BrokerConnection by, int messages) {
    List<CompletableFuture<Void>> results =
        IntStream.range(0, messages)
            .mapToObj(
                i ->
                    by.publisher()
                        .publish(
                            OutgoingMessage.json(
                                Topology.REPORTS,
                                Topology.reportKey("agent", "ok"),
                                bytes("report-" + i),
                                Map.of(),
                                "report-" + i)))
            .toList();
    assertThat(CompletableFuture.allOf(results.toArray(new CompletableFuture<?>[0])))
        .succeedsWithin(Duration.ofSeconds(120));
  }

  Set<String> consumeBodies(String of) {
    Set<String> arrived = ConcurrentHashMap.newKeySet();
    connection.subscribe(
        of,
        100,
        d -> {
          arrived.add(new String(d.body(), UTF_8));
          d.ack();
        });
    return arrived;
  }

  static Handler collecting(List<String> bodies) {
    return d -> {
      bodies.add(new String(d.body(), UTF_8));
      d.ack();
    };
  }

  void outcome(String body) {
    connection
        .publisher()
        .publishAndWait(
            OutgoingMessage.json(Topology.OUTCOMES, "", bytes(body), Map.of(), id()), SOON);
  }

  private void emptySharedQueues() {
    try (BrokerConnection cleaner = new BrokerConnection(settings("cleaner"))) {
      cleaner.start();
      for (String shared :
          List.of(Topology.DEAD, Topology.REPORTS_INGEST, Topology.OUTCOMES_COORDINATOR)) {
        cleaner.subscribe(shared, 100, Delivery::ack);
        awaitDepth(shared, 0);
      }
    }
  }
}
