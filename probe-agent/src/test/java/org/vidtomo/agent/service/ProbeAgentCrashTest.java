package org.vidtomo.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.testkit.ChildJvm;
import org.vidtomo.testkit.PrivateRabbitMq;
import org.vidtomo.testkit.RabbitMq;

/** Agents that are killed, and a broker that goes away. */
class ProbeAgentCrashTest {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static PrivateRabbitMq rabbit;

  @TempDir Path directory;
  private final FakeInstrument instrument = new FakeInstrument();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private CoordinatorSide coordinator;

  @BeforeAll
  static void startBroker() {
    rabbit = RabbitMq.startPrivate();
  }

  @AfterAll
  static void stopBroker() {
    rabbit.close();
  }

  @BeforeEach
  void start() throws IOException {
    coordinator = new CoordinatorSide(rabbit.newVirtualHost(), directory);
  }

  @Test
  void agentKilledWhileMeasuring_measuresAgainAfterItsStart() throws Exception {
    Assignment task = coordinator.publish(coordinator.assignment("https://v.example/1"));
    try (ChildJvm child = ChildJvm.start(AgentChildMain.class, directory.toString())) {
      await().atMost(SOON).until(() -> child.output().contains("measuring"));
      child.kill();
    }
    assertThat(coordinator.reports).isEmpty();

    ProbeAgent next = AgentRig.agent(directory, instrument, registry);
    next.start();
    expectOneReportOf(task, next);
    assertThat(instrument.measured).hasSize(1);
  }

  @Test
  void agentKilledBetweenSpoolAndAck_sendsItsReport_andMeasuresNothingAgain() throws Exception {
    Assignment task = coordinator.publish(coordinator.assignment("https://v.example/1"));
    try (ChildJvm child = ChildJvm.start(AgentChildMain.class, directory.toString())) {
      await().atMost(SOON).until(() -> child.output().contains("measuring"));
      rabbit.kill();
      Files.createFile(directory.resolve("go"));
      await().atMost(SOON).until(() -> spooled() == 1);
      child.kill();
    }
    rabbit.startAgain();
    assertThat(spooled()).isEqualTo(1);

    ProbeAgent next = AgentRig.agent(directory, instrument, registry);
    next.start();
    expectOneReportOf(task, next);
    assertThat(instrument.measured).isEmpty();
    assertThat(spooled()).isZero();
  }

  private void expectOneReportOf(Assignment task, ProbeAgent agent) {
    try (CoordinatorSide closing = coordinator) {
      closing.takeReports();
      await().atMost(SOON).until(() -> !coordinator.reports.isEmpty());
      await()
          .atMost(SOON)
          .until(() -> registry.get("vidtomo.agent.tasks.taken").counter().count() == 1);
      agent.close();
      assertThat(coordinator.waitingTasks()).isZero();
      assertThat(coordinator.reports)
          .singleElement()
          .satisfies(
              r -> assertThat(r.assignment().orElseThrow().taskId()).isEqualTo(task.taskId()));
    }
  }

  private long spooled() throws IOException {
    Path spool = directory.resolve("spool");
    if (!Files.isDirectory(spool)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(spool)) {
      return files.filter(f -> f.toString().endsWith(".report")).count();
    }
  }
}
