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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.coordinator.TestSystem.Times;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.messaging.Delivery;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.storage.TaskRow;
import org.vidtomo.testkit.Ports;

/** The coordinator as a process of its own that is killed (SIGKILL) while it works. */
final class KilledCoordinatorTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int VIDEOS = 300;
  private static final int TASKS = 2 * VIDEOS;

  @TempDir private Path directory;

  @Test
  void coordinator_killedWhilePlanningAndGivingOut_accountsForEachTaskOnce() throws Exception {
    try (TestSystem system = new TestSystem(directory)) {
      system.start(Times.PATIENT);
      List<ScriptedAgent> agents =
          List.of(system.agent("alpha"), system.agent("alpha"), system.agent("beta"));
      system.stop();
      agents.forEach(agent -> agent.does(onceEach(agent)).works());
      int port = Ports.free();
      CoordinatorProcess coordinator = CoordinatorProcess.start(system, directory, port);
      JsonHttp http = system.http("submit.token", port);
      String path = submit(http);

      for (int done : new int[] {0, 40, 150}) {
        awaitDone(http, path, done);
        coordinator.kill();
        coordinator = CoordinatorProcess.start(system, directory, port);
        assertThat(counts(http, path).path("planned").asInt()).isIn(0, TASKS);
      }

      awaitDone(http, path, TASKS);
      await()
          .atMost(LONG)
          .until(() -> http.get(path, JsonNode.class).path("state").asText().equals("finished"));
      assertEachTaskOnce(system, UUID.fromString(path.substring(path.lastIndexOf('/') + 1)));
      coordinator.kill();
    }
  }

  /** As real agents do: a task that comes again is not measured again. */
  private static java.util.function.BiConsumer<Assignment, Delivery> onceEach(ScriptedAgent agent) {
    Map<UUID, Integer> journal = new HashMap<>();
    return (assignment, delivery) -> {
      if (journal.putIfAbsent(assignment.taskId(), assignment.attempt()) == null) {
        agent.tellOutcome(assignment, Outcome.OK);
      }
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

  private static String submit(JsonHttp http) throws Exception {
    JsonNode made =
        http.post(
            "/api/v1/campaigns",
            Map.of(
                "options",
                Map.of("startsPerMinute", 10_000_000),
                "urls",
                IntStream.range(0, VIDEOS)
                    .mapToObj(i -> "https://video.example.org/watch/" + i)
                    .toList()),
            JsonNode.class);
    return "/api/v1/campaigns/" + made.path("id").asText();
  }

  private static void awaitDone(JsonHttp http, String path, int done) {
    await().atMost(LONG).until(() -> counts(http, path).path("done").asInt() >= done);
  }

  private static JsonNode counts(JsonHttp http, String path) throws Exception {
    JsonNode counts = http.get(path, JsonNode.class).path("counts");
    long sum =
        List.of("queued", "running", "done", "expired", "cancelled").stream()
            .mapToLong(state -> counts.path(state).asLong())
            .sum();
    assertThat(counts.path("planned").asLong()).isEqualTo(sum);
    return counts;
  }
}
