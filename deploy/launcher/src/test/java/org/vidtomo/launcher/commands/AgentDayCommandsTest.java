package org.vidtomo.launcher.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.EnrolledMachine;
import org.vidtomo.launcher.Main;
import org.vidtomo.testkit.ChildJvm;
import org.vidtomo.testkit.RabbitMq;
import org.vidtomo.testkit.TempDirectories;

/** The commands and the agent as processes, as its owner has them. */
class AgentDayCommandsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path directory = TempDirectories.create("agent-day").resolve("agent");
  private EnrolledMachine machine;

  @BeforeEach
  void enrol() throws Exception {
    machine =
        new EnrolledMachine(
            directory, RabbitMq.shared().newVirtualHost(), URI.create("http://127.0.0.1:1"));
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  @Test
  void owner_sees_pauses_and_resumes_the_agent_whether_it_runs_or_not() throws Exception {
    assertThat(status().path("state").asText()).isEqualTo("stopped");
    assertThat(status().has("status")).isFalse();

    try (ChildJvm agent = agent()) {
      await().atMost(LIMIT).until(() -> status().path("state").asText().equals("waiting"));
      assertThat(status().path("spending").path("bytesPerDay").asLong()).isEqualTo(2_000_000_000L);

      assertThat(run(0, "agent", "pause")).contains("paused");
      assertThat(status().path("state").asText()).isEqualTo("paused");
      assertThat(run(0, "agent", "status"))
          .contains("agent agent-1: paused")
          .contains("Fibrelink")
          .contains("0 waiting, 0 given up")
          .contains(" of 2.00 GB today")
          .contains("no measurement yet");

      assertThat(run(0, "agent", "resume")).contains("resumed");
      assertThat(status().path("state").asText()).isEqualTo("waiting");

      agent.kill();
    }

    JsonNode killed = status();
    assertThat(killed.path("state").asText()).isEqualTo("stopped");
    assertThat(killed.path("running").asBoolean()).isFalse();
    assertThat(killed.path("status").path("agentId").asText()).isEqualTo("agent-1");
    assertThat(run(0, "agent", "pause")).contains("the agent does not run");
    assertThat(status().path("paused").asBoolean()).isTrue();
  }

  @Test
  void machine_without_an_agent_is_told_what_to_do() {
    Path empty = TempDirectories.create("no-agent");
    try (ChildJvm status =
        ChildJvm.start(
            Main.class,
            ChildJvm.quick(),
            Map.of(),
            "agent",
            "status",
            "--data",
            empty.toString())) {
      assertThat(status.awaitExit(LIMIT)).isEqualTo(1);
      assertThat(status.output()).contains("run vidtomo agent enroll");
    }
  }

  private ChildJvm agent() {
    return ChildJvm.start(
        Main.class,
        ChildJvm.quick(),
        Map.of("VIDTOMO_AGENT_LISTEN", "127.0.0.1:0", "VIDTOMO_AGENT_HEARTBEAT", "1s"),
        "agent",
        "--data",
        directory.toString());
  }

  private JsonNode status() throws Exception {
    return Wire.read(run(0, "agent", "status", "--json"), JsonNode.class);
  }

  private String run(int exit, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--data", directory.toString()));
    try (ChildJvm process =
        ChildJvm.start(Main.class, ChildJvm.quick(), Map.of(), all.toArray(String[]::new))) {
      assertThat(process.awaitExit(LIMIT)).as(process::output).isEqualTo(exit);
      return process.output();
    }
  }
}
