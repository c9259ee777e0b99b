package org.vidtomo.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.coordinator.TestSystem.Times;
import org.vidtomo.runtime.Health;
import org.vidtomo.runtime.http.JsonHttpException;
import org.vidtomo.testkit.Ports;

/** Two coordinators on one store and one broker. */
final class StandbyTest {
  private static final Duration TAKEOVER = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path directory;
  @TempDir private Path elsewhere;

  @Test
  void standby_saysSo_assignsNothing_andTakesOverFromAKilledLeader() throws Exception {
    try (TestSystem system = new TestSystem(directory)) {
      system.start(Times.PATIENT);
      ScriptedAgent agent = system.agent("alpha").works();
      system.stop();
      Files.copy(directory.resolve("root.key"), elsewhere.resolve("root.key"));
      Files.copy(directory.resolve("root.pub"), elsewhere.resolve("root.pub"));
      try (CoordinatorProcess leader = CoordinatorProcess.start(system, elsewhere, Ports.free())) {
        system.start(Times.PATIENT);
        Coordinator standby = system.coordinator();

        assertThat(standby.check().status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(standby.check().detail()).startsWith("standby:").endsWith("leads");
        assertThatThrownBy(() -> system.http("read.token").get("/api/v1/campaigns", Map.class))
            .isInstanceOf(JsonHttpException.class)
            .hasMessageContaining("standby");
        UUID campaign = submit(leader, 10);
        await().atMost(LONG).until(() -> agent.taken().size() >= 3);

        leader.kill();
        await().atMost(TAKEOVER).until(() -> standby.check().status() == Health.Status.OK);

        await()
            .atMost(LONG)
            .until(
                () ->
                    standby
                        .campaigns()
                        .find(campaign)
                        .orElseThrow()
                        .view()
                        .state()
                        .equals("finished"));
        assertThat(standby.campaigns().find(campaign).orElseThrow().view().counts().done())
            .isEqualTo(10);
      }
    }
  }

  @Test
  void coordinatorInADirectoryThatAnotherUses_standsByUntilThatOneEnds() throws Exception {
    try (TestSystem system = new TestSystem(directory)) {
      try (CoordinatorProcess leader = CoordinatorProcess.start(system, directory, Ports.free())) {
        system.start(Times.PATIENT);
        assertThat(system.coordinator().check().detail()).contains("another coordinator works in");
        leader.kill();
        await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> system.coordinator().check().status() == Health.Status.OK);
      }
    }
  }

  private static UUID submit(CoordinatorProcess coordinator, int videos) throws Exception {
    JsonNode made =
        coordinator
            .http("submit.token")
            .post(
                "/api/v1/campaigns",
                Map.of(
                    "options",
                    Map.of("startsPerMinute", 60),
                    "urls",
                    IntStream.range(0, videos)
                        .mapToObj(i -> "https://video.example.org/watch/" + i)
                        .toList()),
                JsonNode.class);
    return UUID.fromString(made.path("id").asText());
  }
}
