package org.vidtomo.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.coordinator.TestSystem.Times;
import org.vidtomo.coordinator.campaign.Counts;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.messaging.Topology;
import org.vidtomo.storage.TaskRow;

/** Whole campaigns over a real RabbitMQ and a real Cassandra. */
final class CampaignLoopTest {
  private static final Duration LONG = Duration.ofSeconds(40);

  @TempDir private static Path directory;
  private static TestSystem system;

  @BeforeAll
  static void openSystem() {
    system = new TestSystem(directory);
  }

  @AfterAll
  static void closeSystem() {
    system.close();
  }

  @AfterEach
  void endCoordinator() throws Exception {
    system.cancelAll();
    system.dismissAgents();
    system.stop();
  }

  @Test
  void campaign_isMeasuredOncePerProvider_evenlyByItsAgents() throws Exception {
    system.start(Times.PATIENT);
    List<ScriptedAgent> agents = agents("alpha", "alpha", "beta");

    UUID id = submit(20, Map.of("startsPerMinute", 100_000));

    awaitFinished(id);
    Counts counts = counts(id);
    assertThat(counts.planned()).isEqualTo(40);
    assertThat(counts.done()).isEqualTo(40);
    assertThat(counts.outcomes()).containsExactlyEntriesOf(Map.of("ok", 40L));
    assertThat(counts.providers().get("alpha").done()).isEqualTo(20);
    assertThat(counts.providers().get("beta").done()).isEqualTo(20);
    assertThat(agents.get(0).taken().size()).isBetween(7, 13);
    assertThat(rows(id)).hasSize(40).allMatch(row -> row.state() == TaskState.DONE);
    assertThat(slotsByVideo(rows(id)).values()).allMatch(slots -> slots.size() == 1);
  }

  @Test
  void coordinator_isEndedInTheMiddle_andAccountsForEachTaskOnce() throws Exception {
    system.start(Times.PATIENT);
    agents("alpha", "alpha", "beta");
    UUID id = submit(60, Map.of("startsPerMinute", 100_000));

    for (int done : new int[] {10, 40, 80}) {
      await().atMost(LONG).until(() -> counts(id).done() >= done);
      system.stop();
      system.start(Times.PATIENT);
      assertThat(counts(id).planned()).isEqualTo(120);
    }

    awaitFinished(id);
    assertThat(counts(id).done()).isEqualTo(120);
    assertThat(rows(id)).hasSize(120).allMatch(row -> row.reportId().isPresent());
  }

  @Test
  void message_thatACrashKeptBack_isSentAfterTheRestart() throws Exception {
    system.start(Times.PATIENT);
    ScriptedAgent agent = system.agent("delta");
    awaitAlive(1);
    UUID id = submit(2, Map.of("startsPerMinute", 100_000));
    Topology topology = system.aggregator().topology();
    await()
        .atMost(LONG)
        .until(() -> topology.messageCount(agent.enrolled().queue()).equals(OptionalLong.of(2)));
    system.stop();
    topology.purgeAgentQueue(agent.enrolled().queue());

    system.start(Times.PATIENT);
    agent.works();

    awaitFinished(id);
    assertThat(agent.taken()).hasSize(2).allMatch(assignment -> assignment.attempt() == 1);
  }

  @Test
  void task_thatTheAgentDeclines_isGivenOutAgain() throws Exception {
    system.start(Times.PATIENT);
    ScriptedAgent agent = system.agent("epsilon");
    agent.does(
        (assignment, delivery) -> {
          agent.tellOutcome(assignment, assignment.attempt() == 1 ? Outcome.EXPIRED : Outcome.OK);
          delivery.ack();
        });
    agent.works();
    awaitAlive(1);

    UUID id = submit(3, Map.of("startsPerMinute", 100_000));

    awaitFinished(id);
    assertThat(counts(id).outcomes()).isEqualTo(Map.of("ok", 3L));
    assertThat(agent.taken()).hasSize(6);
  }

  @Test
  void looping_campaign_beginsAnotherCycle() throws Exception {
    system.start(Times.PATIENT);
    ScriptedAgent agent = system.agent("zeta").works();
    awaitAlive(1);

    UUID id = submit(2, Map.of("startsPerMinute", 100_000, "loop", true));

    await().atMost(LONG).until(() -> counts(id).done() >= 6);
    assertThat(agent.taken()).extracting(Assignment::cycle).contains(0, 1, 2);
    assertThat(counts(id).planned() % 2).isZero();
  }

  @Test
  void task_ofADeadAgent_goesToAnotherAfterItsLease() throws Exception {
    system.start(Times.HASTY);
    ScriptedAgent dead = system.agent("alpha").does((assignment, delivery) -> {}).works();
    awaitAlive(1);
    UUID id = submit(2, Map.of("startsPerMinute", 100_000));
    await().atMost(LONG).until(() -> !dead.taken().isEmpty());
    dead.dies();
    ScriptedAgent other = system.agent("alpha").works();

    awaitFinished(id);
    assertThat(other.taken()).hasSize(2).allMatch(assignment -> assignment.attempt() > 1);
    assertThat(slots(other.taken())).isEqualTo(slots(rows(id)));
  }

  @Test
  void outcome_thatComesTwice_isCountedOnce() throws Exception {
    system.start(Times.PATIENT);
    ScriptedAgent agent = system.agent("gamma");
    agent.does(
        (assignment, delivery) -> {
          UUID report = UUID.randomUUID();
          agent.tellOutcome(assignment, Outcome.OK, report);
          agent.tellOutcome(assignment, Outcome.OK, report);
          agent.tellOutcome(assignment, Outcome.FAILED);
          delivery.ack();
        });
    agent.works();
    awaitAlive(1);

    UUID id = submit(5, Map.of("startsPerMinute", 100_000));

    awaitFinished(id);
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(system.metrics())
                    .contains("vidtomo_coordinator_outcomes_repeated_total 10.0"));
    assertThat(counts(id).outcomes()).isEqualTo(Map.of("ok", 5L));
  }

  @Test
  void report_ofAnEarlierAttempt_countsAlthoughItComesLater() throws Exception {
    system.start(Times.PATIENT);
    ScriptedAgent agent = system.agent("eta");
    agent.does(
        (assignment, delivery) -> {
          agent.tellOutcome(ofAttempt(2, assignment), Outcome.FAILED);
          agent.tellOutcome(assignment, Outcome.OK);
          agent.tellOutcome(ofAttempt(3, assignment), Outcome.FAILED);
          delivery.ack();
        });
    agent.works();
    awaitAlive(1);

    UUID id = submit(4, Map.of("startsPerMinute", 100_000));

    awaitFinished(id);
    await().atMost(LONG).until(() -> counts(id).outcomes().equals(Map.of("ok", 4L)));
    assertThat(counts(id).providers().get("eta").outcomes()).isEqualTo(Map.of("ok", 4L));
    assertThat(rows(id)).allMatch(row -> row.outcome().equals(Optional.of(Outcome.OK)));
  }

  @Test
  void heartbeat_saysThatATaskIsRunning_andTheCountsAddUp() throws Exception {
    system.start(Times.PATIENT);
    ScriptedAgent agent = system.agent("alpha");
    agent.does((assignment, delivery) -> agent.runs(assignment)).works();
    awaitAlive(1);

    UUID id = submit(4, Map.of("startsPerMinute", 100_000));

    await().atMost(LONG).until(() -> counts(id).running() == 1);
    assertThat(counts(id).queued()).isEqualTo(3);
    agent.tellOutcome(agent.taken().get(0), Outcome.OK);
    await().atMost(LONG).until(() -> counts(id).done() == 1);
    assertThat(counts(id).running()).isZero();
  }

  private static Assignment ofAttempt(int attempt, Assignment of) {
    return new Assignment(
        of.schemaVersion(),
        of.taskId(),
        attempt,
        of.campaignId(),
        of.cycle(),
        of.round(),
        of.agentId(),
        of.target(),
        of.sample(),
        of.scheduledAt(),
        of.leaseUntil(),
        of.url(),
        of.parameters());
  }

  private static List<ScriptedAgent> agents(String... providers) throws Exception {
    List<ScriptedAgent> agents = new ArrayList<>();
    for (String provider : providers) {
      agents.add(system.agent(provider).works());
    }
    awaitAlive(providers.length);
    return agents;
  }

  private static void awaitAlive(int count) {
    await()
        .atMost(LONG)
        .until(() -> system.coordinator().fleet().providerByAgent().size() == count);
  }

  private static UUID submit(int videos, Map<String, Object> options) throws Exception {
    JsonNode campaign =
        system
            .http("submit.token")
            .post(
                "/api/v1/campaigns",
                Map.of("options", options, "urls", urls(videos)),
                JsonNode.class);
    return UUID.fromString(campaign.path("id").asText());
  }

  private static List<String> urls(int videos) {
    return IntStream.range(0, videos)
        .mapToObj(i -> "https://video.example.org/watch/" + i)
        .toList();
  }

  private static void awaitFinished(UUID id) {
    await()
        .atMost(LONG)
        .until(() -> system.coordinator().campaigns().get(id).state().equals("finished"));
  }

  private static Counts counts(UUID id) throws Exception {
    return system.coordinator().campaigns().get(id).counts();
  }

  private static List<TaskRow> rows(UUID id) {
    List<TaskRow> rows = new ArrayList<>();
    system.store().tasks().scan(id, 0, rows::add);
    return rows;
  }

  private static Map<String, Set<Object>> slotsByVideo(List<TaskRow> rows) {
    Map<String, Set<Object>> slots = new ConcurrentHashMap<>();
    rows.forEach(
        row -> slots.computeIfAbsent(row.videoId(), v -> new HashSet<>()).add(row.scheduledAt()));
    return slots;
  }

  private static Set<Object> slots(List<?> of) {
    Set<Object> slots = new HashSet<>();
    of.forEach(
        each ->
            slots.add(
                each instanceof Assignment a ? a.scheduledAt() : ((TaskRow) each).scheduledAt()));
    return slots;
  }
}
