package org.vidtomo.launcher.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.aggregator.ReportFixtures;
import org.vidtomo.core.task.TaskOutcome;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.dashboard.compare.Dimension;
import org.vidtomo.dashboard.compare.Metric;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.Topology;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.ReportReader.TaskReport;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoredReport;
import org.vidtomo.testkit.ChildJvm;
import org.vidtomo.testkit.PrivateRabbitMq;
import org.vidtomo.testkit.RabbitMq;

/**
 * Reports of all kinds come to two aggregators, which are killed while they work, and the broker is
 * restarted. What is compared then is held against a dashboard over what follows from the input
 * alone. {@code -Dvidtomo.chaos.reports=20000} is the large one, with ten kills and two restarts;
 * {@code -Dvidtomo.chaos.seed} repeats one.
 */
class IngestChaosTest {
  private static final Logger LOG = LoggerFactory.getLogger(IngestChaosTest.class);
  private static final int REPORTS = Integer.getInteger("vidtomo.chaos.reports", 1_000);
  private static final boolean LARGE = REPORTS >= 5_000;
  private static final int KILLS = LARGE ? 10 : 3;
  private static final int RESTARTS = LARGE ? 2 : 1;
  private static final int AGGREGATORS = 2;
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int SOME = 500;

  private final long seed = Long.getLong("vidtomo.chaos.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final ChaosInput input = new ChaosInput(REPORTS, random);
  private final List<ChildJvm> aggregators = new ArrayList<>();
  private final Queue<TaskOutcome> outcomes = new ConcurrentLinkedQueue<>();
  private final Map<String, String> deadReasons = new ConcurrentHashMap<>();
  private PrivateRabbitMq rabbit;
  private RoleProcesses roles;
  private Store store;
  private BrokerConnection peer;

  @BeforeEach
  void start() throws Exception {
    LOG.info("chaos of ingest seed={} reports={}", seed, REPORTS);
    rabbit = RabbitMq.startPrivate();
    roles = new RoleProcesses(rabbit.amqpUri(), rabbit.managementUri(), Map.of());
    store = roles.store();
    input.enrol(store);
    peer = new BrokerConnection(BrokerSettings.of(rabbit.amqpUri(), "peer"));
    peer.start();
    peer.awaitConnected(LONG);
    peer.topology().declareShared();
    listen();
    for (int i = 0; i < AGGREGATORS; i++) {
      aggregators.add(roles.aggregator());
    }
  }

  private void listen() {
    peer.subscribe(
        Topology.OUTCOMES_COORDINATOR,
        SOME,
        delivery -> {
          outcomes.add(Wire.read(delivery.body(), TaskOutcome.class));
          delivery.ack();
        });
    peer.subscribe(
        Topology.DEAD,
        SOME,
        delivery -> {
          String reason = delivery.headers().get(Topology.REASON_HEADER);
          deadReasons.put(delivery.messageId().orElseThrow(), reason);
          delivery.ack();
        });
  }

  @AfterEach
  void stop() {
    roles.close();
    store.close();
    peer.close();
    rabbit.close();
  }

  @Test
  void each_valid_report_is_stored_once_and_each_malformed_one_is_dead_whatever_is_killed()
      throws Exception {
    long begun = System.nanoTime();
    List<CompletableFuture<Void>> confirms = new ArrayList<>();
    List<Runnable> blows = blows();
    int portion = input.sent().size() / (blows.size() + 1) + 1;
    for (int from = 0; from < input.sent().size(); from += portion) {
      List<ChaosInput.Sent> some =
          input.sent().subList(from, Math.min(input.sent().size(), from + portion));
      peer.awaitConnected(LONG);
      some.forEach(each -> confirms.add(send(each)));
      if (!blows.isEmpty()) {
        awaitWork(from);
        passing(Duration.ofMillis(1 + random.nextInt(200)));
        blows.remove(0).run();
      }
    }
    CompletableFuture.allOf(confirms.toArray(CompletableFuture[]::new)).join();
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              assertThat(told()).isEqualTo(input.bodies().size());
              assertThat(deadReasons).hasSameSizeAs(input.malformed());
            });
    LOG.info(
        "chaos of ingest: messages={} seconds={}",
        input.sent().size(),
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
    assertStored();
    assertCounted();
    assertDead();
    assertCompared();
  }

  private CompletableFuture<Void> send(ChaosInput.Sent sent) {
    return peer.publisher()
        .publish(
            OutgoingMessage.json(
                Topology.REPORTS,
                Topology.reportKey(sent.agent(), "ok"),
                sent.message().body(),
                sent.message().headers(),
                sent.id()),
            LONG);
  }

  /** How many reports aggregators said they stored. */
  private long told() {
    return outcomes.stream().map(TaskOutcome::reportId).distinct().count();
  }

  /** Something is being worked at: what came before this blow is partly, not wholly told. */
  private void awaitWork(int sentBefore) {
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(LONG)
        .until(() -> told() >= sentBefore * 8 / 10);
  }

  private static void passing(Duration time) {
    await().pollDelay(time).until(() -> true);
  }

  private List<Runnable> blows() {
    List<Runnable> blows = new ArrayList<>();
    for (int i = 0; i < KILLS; i++) {
      blows.add(this::kill);
    }
    for (int i = 0; i < RESTARTS; i++) {
      blows.add(rabbit::restart);
    }
    Collections.shuffle(blows, random);
    return blows;
  }

  private void kill() {
    int victim = random.nextInt(aggregators.size());
    aggregators.get(victim).kill();
    aggregators.set(victim, roles.aggregator());
  }

  private void assertStored() {
    List<UUID> ids = List.copyOf(input.bodies().keySet());
    for (int from = 0; from < ids.size(); from += SOME) {
      List<UUID> some = ids.subList(from, Math.min(ids.size(), from + SOME));
      Map<UUID, StoredReport> found =
          store.reportReader().findAll(some).stream()
              .collect(Collectors.toMap(StoredReport::reportId, each -> each));
      assertThat(found).containsOnlyKeys(some);
      found.forEach((id, each) -> assertThat(each.body()).isEqualTo(input.bodies().get(id)));
    }
    assertThat(outcomes.stream().map(TaskOutcome::reportId).distinct())
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  private void assertCounted() {
    Map<UUID, Measurement> byCampaign = new HashMap<>();
    store.measurements().ofCampaign(input.campaign(), 0, m -> byCampaign.put(m.taskId(), m));
    assertThat(byCampaign).isEqualTo(input.counted());
    Map<UUID, Measurement> bySlot = new HashMap<>();
    store
        .measurements()
        .between(
            ReportFixtures.SLOT,
            ReportFixtures.SLOT.plus(Duration.ofDays(1)),
            m -> assertThat(bySlot.put(m.taskId(), m)).as("a second row of a task").isNull());
    assertThat(bySlot).isEqualTo(input.counted());
    input
        .attempts()
        .forEach(
            (task, attempts) -> {
              List<TaskReport> reports = store.reportReader().ofTask(task);
              assertThat(
                      reports.stream()
                          .collect(Collectors.toMap(TaskReport::attempt, TaskReport::reportId)))
                  .isEqualTo(attempts);
              assertThat(reports.stream().filter(TaskReport::counted).map(TaskReport::attempt))
                  .containsExactly(1);
            });
  }

  private void assertDead() {
    assertThat(deadReasons).containsOnlyKeys(input.malformed().keySet());
    input.malformed().forEach((id, reason) -> assertThat(deadReasons.get(id)).contains(reason));
  }

  /** Every comparison is that of a dashboard which knows the input's measurements alone. */
  private void assertCompared() throws Exception {
    try (RoleProcesses recomputed =
        new RoleProcesses(rabbit.amqpUri(), rabbit.managementUri(), Map.of())) {
      try (Store straight = recomputed.store()) {
        input
            .counted()
            .values()
            .forEach(m -> straight.reports().rewrite(m).toCompletableFuture().join());
      }
      roles.dashboard();
      recomputed.dashboard();
      for (Metric metric : Metric.values()) {
        for (Dimension by : List.of(Dimension.PROVIDER, Dimension.HOUR, Dimension.CACHE)) {
          JsonNode expected = comparison(recomputed, metric, by);
          assertThat(comparison(roles, metric, by)).isEqualTo(expected);
          assertThat(cells(expected)).as(expected.toString()).isPositive();
        }
      }
    }
  }

  private JsonNode comparison(RoleProcesses of, Metric metric, Dimension by) throws Exception {
    String path =
        "/api/v1/compare?current=true&metric=%s&by=%s&campaign=%s"
            .formatted(metric.wireName(), by.wireName(), input.campaign());
    ObjectNode comparison = of.dashboardApi().get(path, ObjectNode.class);
    comparison.remove("computedAt");
    return comparison;
  }

  private static int cells(JsonNode comparison) {
    int cells = 0;
    for (JsonNode group : comparison.path("groups")) {
      cells += group.path("n").path("cells").asInt();
    }
    return cells;
  }
}
