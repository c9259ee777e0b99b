package org.vidtomo.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.agent.status.AgentStatus;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.Presence;
import org.vidtomo.testkit.RabbitMq;

/** What the owner of an agent's machine sees of it, and does. */
class AgentDayTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  /** What is promised of a pause. */
  private static final Duration PAUSE_LIMIT = Duration.ofSeconds(10);

  @TempDir Path directory;
  private final FakeInstrument instrument = new FakeInstrument();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private CoordinatorSide coordinator;
  private ProbeAgent agent;

  @BeforeEach
  void start() throws IOException {
    coordinator = new CoordinatorSide(RabbitMq.shared().newVirtualHost(), directory);
    agent = AgentRig.agent(directory, instrument, registry);
    agent.start();
  }

  @AfterEach
  void stop() {
    agent.close();
    coordinator.close();
  }

  @Test
  void status_tells_what_the_agent_does_and_did_and_stays_when_it_is_stopped() throws IOException {
    awaitStatus(SOON, status -> status.now().connected());
    instrument.gate = new CountDownLatch(1);
    coordinator.publish(coordinator.assignment("https://v.example/1"));
    awaitStatus(SOON, status -> status.now().measuring().isPresent());
    assertThat(status().now().measuring().get().url()).isEqualTo("https://v.example/1");

    instrument.gate.countDown();

    awaitStatus(SOON, status -> status.measurements().size() == 1);
    assertThat(status().measurements().get(0).outcome()).isEqualTo(Outcome.OK);
    awaitStatus(SOON, status -> status.upload().lastConfirmed().isPresent());
    awaitStatus(SOON, status -> status.now().measuring().isEmpty());
    assertThat(status().now().provider()).contains("Fibrelink");
    agent.close();
    assertThat(status().now().connected()).isFalse();
    assertThat(status().measurements()).hasSize(1);
    assertThat(status().upload().waiting()).isZero();

    agent = AgentRig.agent(directory, instrument, registry);
    agent.start();
    coordinator.publish(coordinator.assignment("https://v.example/2"));
    awaitStatus(SOON, status -> status.measurements().size() == 2);
  }

  @Test
  void pause_lets_the_running_measurement_end_and_none_begin() throws IOException {
    instrument.gate = new CountDownLatch(1);
    coordinator.publish(coordinator.assignment("https://v.example/1"));
    await().atMost(SOON).until(() -> instrument.measured.size() == 1);
    coordinator.publish(coordinator.assignment("https://v.example/2"));

    Path paused = Files.createFile(directory.resolve("paused"));
    awaitStatus(PAUSE_LIMIT, status -> status.now().paused());
    await()
        .atMost(PAUSE_LIMIT)
        .until(
            () ->
                coordinator.presences.stream()
                    .anyMatch(
                        p -> p.status() == Presence.Status.PAUSED && p.running().isPresent()));
    instrument.gate.countDown();
    awaitStatus(SOON, status -> status.measurements().size() == 1);
    await()
        .during(Duration.ofMillis(500))
        .atMost(SOON)
        .until(() -> coordinator.waitingTasks() == 1 && instrument.measured.size() == 1);
    assertThat(registry.get("vidtomo.agent.paused").gauge().value()).isEqualTo(1);

    Files.delete(paused);

    await().atMost(SOON).until(() -> instrument.measured.size() == 2);
  }

  @Test
  void agent_that_is_started_while_paused_begins_nothing() throws IOException {
    agent.close();
    Files.createFile(directory.resolve("paused"));
    coordinator.publish(coordinator.assignment("https://v.example/1"));

    agent = AgentRig.agent(directory, instrument, registry);
    agent.start();

    awaitStatus(SOON, status -> status.now().connected());
    await()
        .during(Duration.ofMillis(500))
        .atMost(SOON)
        .until(() -> coordinator.waitingTasks() == 1);
    assertThat(instrument.measured).isEmpty();
  }

  private void awaitStatus(Duration limit, Predicate<AgentStatus> expected) {
    await()
        .atMost(limit)
        .until(
            () -> AgentStatus.read(directory.resolve("status.json")).filter(expected).isPresent());
  }

  private AgentStatus status() throws IOException {
    return AgentStatus.read(directory.resolve("status.json")).orElseThrow();
  }
}
