package org.vidtomo.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.task.TaskOutcome;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.ReportReader.TaskReport;
import org.vidtomo.storage.Room;
import org.vidtomo.storage.StoreSettings;
import org.vidtomo.storage.StoredReport;
import org.vidtomo.testkit.Cassandra;
import org.vidtomo.testkit.ChildJvm;
import org.vidtomo.testkit.PrivateRabbitMq;
import org.vidtomo.testkit.RabbitMq;

/**
 * Reports of all kinds come to two aggregators, which are killed while they work, and the broker is
 * restarted. {@code -Dvidtomo.chaos.reports=20000} is the large one, with ten kills and two
 * restarts; {@code -Dvidtomo.chaos.seed} repeats one.
 */
class IngestChaosTest {
  private static final Logger LOG = LoggerFactory.getLogger(IngestChaosTest.class);
  private static final int REPORTS = Integer.getInteger("vidtomo.chaos.reports", 1_500);
  private static final boolean LARGE = REPORTS >= 5_000;
  private static final int KILLS = LARGE ? 10 : 4;
  private static final int RESTARTS = LARGE ? 2 : 1;
  private static final int AGGREGATORS = 2;
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int SOME = 500;

  private final long seed = Long.getLong("vidtomo.chaos.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<ChildJvm> aggregators = new ArrayList<>();
  private final StoreSettings store =
      StoreSettings.of(
              List.of(Cassandra.shared().contactPoint()), Cassandra.shared().localDatacenter())
          .withKeyspace(Cassandra.shared().newKeyspaceName());
  private PrivateRabbitMq rabbit;
  private AggregatorRig rig;

  @BeforeEach
  void start() throws Exception {
    LOG.info("chaos of ingest seed={} reports={}", seed, REPORTS);
    rabbit = RabbitMq.startPrivate();
    rig = new AggregatorRig(store, Room.AMPLE, rabbit.amqpUri());
    for (int i = 0; i < AGGREGATORS; i++) {
      aggregators.add(AggregatorProcess.start(store, rabbit.amqpUri()));
    }
  }

  @AfterEach
  void stop() {
    aggregators.forEach(ChildJvm::close);
    rig.close();
    rabbit.close();
  }

  @Test
  void each_valid_report_is_stored_once_and_each_malformed_one_is_dead_whatever_is_killed()
      throws Exception {
    ChaosInput input = new ChaosInput(rig, REPORTS, random);
    long begun = System.nanoTime();
    List<CompletableFuture<Void>> confirms = new ArrayList<>();
    List<Runnable> blows = blows();
    int portion = input.sent().size() / (blows.size() + 1) + 1;
    for (int from = 0; from < input.sent().size(); from += portion) {
      List<ChaosInput.Sent> some =
          input.sent().subList(from, Math.min(input.sent().size(), from + portion));
      rig.peer.awaitConnected(LONG);
      some.forEach(each -> confirms.add(rig.send(each.message(), each.id())));
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
              assertThat(rig.told()).isEqualTo(input.bodies().size());
              assertThat(rig.deadReasons).hasSameSizeAs(input.malformed());
            });
    LOG.info(
        "chaos of ingest: messages={} seconds={}",
        input.sent().size(),
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
    assertStored(input);
    assertCounted(input);
    assertDead(input);
  }

  /** Something is being worked at: what came before this blow is partly, not wholly told. */
  private void awaitWork(int sentBefore) {
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(LONG)
        .until(() -> rig.told() >= sentBefore * 8 / 10);
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
    aggregators.set(victim, AggregatorProcess.start(store, rabbit.amqpUri()));
  }

  private void assertStored(ChaosInput input) {
    List<UUID> ids = List.copyOf(input.bodies().keySet());
    for (int from = 0; from < ids.size(); from += SOME) {
      List<UUID> some = ids.subList(from, Math.min(ids.size(), from + SOME));
      Map<UUID, StoredReport> found =
          rig.store.reportReader().findAll(some).stream()
              .collect(Collectors.toMap(StoredReport::reportId, each -> each));
      assertThat(found).containsOnlyKeys(some);
      found.forEach((id, each) -> assertThat(each.body()).isEqualTo(input.bodies().get(id)));
    }
    assertThat(rig.outcomes.stream().map(TaskOutcome::reportId).distinct())
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  private void assertCounted(ChaosInput input) {
    Map<UUID, Measurement> byCampaign = new HashMap<>();
    rig.store.measurements().ofCampaign(rig.campaign, 0, m -> byCampaign.put(m.taskId(), m));
    assertThat(byCampaign).isEqualTo(input.counted());
    Map<UUID, Measurement> bySlot = new HashMap<>();
    rig.store
        .measurements()
        .between(
            ReportFixtures.SLOT,
            ReportFixtures.SLOT.plusSeconds(1),
            m -> assertThat(bySlot.put(m.taskId(), m)).as("a second row of a task").isNull());
    assertThat(bySlot).isEqualTo(input.counted());
    input
        .attempts()
        .forEach(
            (task, attempts) -> {
              List<TaskReport> reports = rig.store.reportReader().ofTask(task);
              assertThat(
                      reports.stream()
                          .collect(Collectors.toMap(TaskReport::attempt, TaskReport::reportId)))
                  .isEqualTo(attempts);
              assertThat(reports.stream().filter(TaskReport::counted).map(TaskReport::attempt))
                  .containsExactly(1);
            });
  }

  private void assertDead(ChaosInput input) {
    assertThat(rig.deadReasons).containsOnlyKeys(input.malformed().keySet());
    input.malformed().forEach((id, reason) -> assertThat(rig.deadReasons.get(id)).contains(reason));
  }
}
