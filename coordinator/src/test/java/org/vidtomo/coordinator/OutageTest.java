package org.vidtomo.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.coordinator.TestSystem.Times;
import org.vidtomo.coordinator.campaign.Counts;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.messaging.Delivery;
import org.vidtomo.messaging.Topology;
import org.vidtomo.runtime.Health;
import org.vidtomo.storage.StoreSettings;
import org.vidtomo.storage.TaskRow;
import org.vidtomo.testkit.Cassandra;
import org.vidtomo.testkit.PrivateCassandra;
import org.vidtomo.testkit.PrivateRabbitMq;
import org.vidtomo.testkit.RabbitMq;

/** The store and the broker go down and come back while a campaign runs. */
final class OutageTest {
  private static final Duration LONG = Duration.ofSeconds(90);
  private static final int VIDEOS = 60;
  private static final int TASKS = 2 * VIDEOS;

  @TempDir private Path directory;

  @Test
  void store_thenBroker_goDownAndComeBack_andEachTaskIsAccountedForOnce() throws Exception {
    try (PrivateCassandra cassandra = Cassandra.startPrivate();
        PrivateRabbitMq rabbit = RabbitMq.startPrivate();
        TestSystem system =
            new TestSystem(
                directory, settings(cassandra), rabbit.amqpUri(), rabbit.managementUri())) {
      system.start(Times.PATIENT);
      for (String provider : List.of("alpha", "alpha", "beta")) {
        ScriptedAgent agent = system.agent(provider);
        agent.does(onceEach(agent)).works();
      }
      UUID campaign = submit(system);
      awaitDone(system, campaign, 20);

      cassandra.stop();
      awaitHealth(system, Health.Status.DOWN, "cannot renew its lead");
      assertThat(counts(system, campaign).planned()).isEqualTo(TASKS);
      cassandra.startAgain();
      awaitHealth(system, Health.Status.OK, "leads");
      awaitDone(system, campaign, 60);

      rabbit.kill();
      awaitHealth(system, Health.Status.DOWN, "broker");
      assertThat(counts(system, campaign).planned()).isEqualTo(TASKS);
      rabbit.startAgain();
      awaitDone(system, campaign, TASKS);
      awaitHealth(system, Health.Status.OK, "leads");

      assertThat(counts(system, campaign).outcomes())
          .containsExactlyEntriesOf(Map.of("ok", (long) TASKS));
      assertEachTaskOnce(system, campaign);
      assertThat(system.messages(Topology.DEAD)).isZero();
    }
  }

  private static StoreSettings settings(PrivateCassandra cassandra) {
    StoreSettings plain =
        StoreSettings.of(List.of(cassandra.contactPoint()), cassandra.localDatacenter());
    return new StoreSettings(
        plain.contactPoints(),
        plain.localDatacenter(),
        plain.keyspace(),
        plain.replication(),
        plain.username(),
        plain.password(),
        plain.connectWait(),
        Duration.ofSeconds(3));
  }

  /** As real agents do: a task that comes again is not measured again. */
  private static BiConsumer<Assignment, Delivery> onceEach(ScriptedAgent agent) {
    Map<UUID, UUID> reports = new HashMap<>();
    return (assignment, delivery) -> {
      UUID report = reports.computeIfAbsent(assignment.taskId(), id -> UUID.randomUUID());
      agent.tellOutcome(assignment, Outcome.OK, report);
      delivery.ack();
    };
  }

  private static void assertEachTaskOnce(TestSystem system, UUID campaign) {
    List<TaskRow> rows = new ArrayList<>();
    system.store().tasks().scan(campaign, 0, rows::add);
    assertThat(rows).hasSize(TASKS).allMatch(row -> row.state() == TaskState.DONE);
    assertThat(rows.stream().map(row -> row.reportId().orElseThrow()).distinct()).hasSize(TASKS);
    assertThat(rows).allMatch(row -> row.attempt() == 1);
  }

  private static UUID submit(TestSystem system) throws Exception {
    JsonNode made =
        system
            .http("submit.token")
            .post(
                "/api/v1/campaigns",
                Map.of(
                    "options",
                    Map.of("startsPerMinute", 240),
                    "urls",
                    IntStream.range(0, VIDEOS)
                        .mapToObj(i -> "https://video.example.org/watch/" + i)
                        .toList()),
                JsonNode.class);
    return UUID.fromString(made.path("id").asText());
  }

  private static void awaitDone(TestSystem system, UUID campaign, int done) {
    await().atMost(LONG).until(() -> counts(system, campaign).done() >= done);
  }

  private static void awaitHealth(TestSystem system, Health.Status status, String detail) {
    await()
        .atMost(LONG)
        .until(
            () -> {
              Health health = system.coordinator().check();
              return health.status() == status && health.detail().contains(detail);
            });
  }

  private static Counts counts(TestSystem system, UUID campaign) {
    Counts counts = system.coordinator().campaigns().find(campaign).orElseThrow().view().counts();
    assertThat(counts.planned())
        .isEqualTo(
            counts.queued()
                + counts.running()
                + counts.done()
                + counts.expired()
                + counts.cancelled());
    return counts;
  }
}
