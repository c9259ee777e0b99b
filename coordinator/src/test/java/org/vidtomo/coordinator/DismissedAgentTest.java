package org.vidtomo.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.coordinator.TestSystem.Times;
import org.vidtomo.coordinator.campaign.Counts;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.Presence;

/**
 * Agents that pause or leave: what they have not begun goes to others at once, not only after a
 * lease of ten minutes.
 */
final class DismissedAgentTest {
  private static final Duration LONG = Duration.ofSeconds(40);

  @TempDir private Path directory;
  private TestSystem system;

  @BeforeEach
  void open() {
    system = new TestSystem(directory);
    system.start(Times.PATIENT);
  }

  @AfterEach
  void close() {
    system.close();
  }

  @Test
  void tasks_ofAnAgentThatPauses_goToAnother_butTheOneThatItMeasures() throws Exception {
    ScriptedAgent pausing = system.agent("alpha");
    pausing.does((assignment, delivery) -> pausing.runs(assignment)).works();
    awaitAlive(1);
    UUID id = submit(3);
    await().atMost(LONG).until(() -> counts(id).running() == 1);

    pausing.is(Presence.Status.PAUSED);
    ScriptedAgent other = system.agent("alpha").works();

    await().atMost(LONG).until(() -> counts(id).done() == 2);
    assertThat(other.taken()).hasSize(2).allMatch(assignment -> assignment.attempt() == 2);
    assertThat(counts(id).running()).isEqualTo(1);
    assertThat(system.messages(pausing.enrolled().queue())).isZero();

    Assignment measured = pausing.taken().get(0);
    pausing.tellOutcome(measured, Outcome.OK);
    await().atMost(LONG).until(() -> counts(id).done() == 3);
    assertThat(other.taken()).extracting(Assignment::taskId).doesNotContain(measured.taskId());
  }

  @Test
  void tasks_ofAnAgentThatLeaves_goToAnother_alsoTheOneThatItInterrupted() throws Exception {
    ScriptedAgent leaving = system.agent("beta");
    leaving.does((assignment, delivery) -> leaving.runs(assignment)).works();
    awaitAlive(1);
    UUID id = submit(3);
    await().atMost(LONG).until(() -> counts(id).running() == 1);

    leaving.leaves();
    ScriptedAgent other = system.agent("beta").works();

    await().atMost(LONG).until(() -> counts(id).done() == 3);
    assertThat(other.taken()).hasSize(3).allMatch(assignment -> assignment.attempt() == 2);
    assertThat(system.messages(leaving.enrolled().queue())).isZero();
  }

  @Test
  void queue_ofAnAgentThatLeaves_isEmpty_alsoOfWhatItHadInHandAndNotBegun() throws Exception {
    ScriptedAgent leaving = system.agent("gamma");
    leaving.does((assignment, delivery) -> {}).works();
    awaitAlive(1);
    UUID id = submit(2);
    await().atMost(LONG).until(() -> leaving.taken().size() == 1);

    leaving.is(Presence.Status.LEAVING);
    ScriptedAgent other = system.agent("gamma").works();
    await().atMost(LONG).until(() -> counts(id).done() == 2);
    leaving.dies();

    assertThat(other.taken()).hasSize(2);
    await().atMost(LONG).until(() -> system.messages(leaving.enrolled().queue()) == 1);
    await().atMost(LONG).until(() -> system.messages(leaving.enrolled().queue()) == 0);
  }

  private void awaitAlive(int count) {
    await()
        .atMost(LONG)
        .until(() -> system.coordinator().fleet().providerByAgent().size() == count);
  }

  private UUID submit(int videos) throws Exception {
    List<String> urls =
        IntStream.range(0, videos).mapToObj(i -> "https://video.example.org/watch/" + i).toList();
    JsonNode campaign =
        system
            .http("submit.token")
            .post(
                "/api/v1/campaigns",
                Map.of("options", Map.of("startsPerMinute", 100_000), "urls", urls),
                JsonNode.class);
    return UUID.fromString(campaign.path("id").asText());
  }

  private Counts counts(UUID id) throws Exception {
    return system.coordinator().campaigns().get(id).counts();
  }
}
