package org.vidtomo.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.Presence;
import org.vidtomo.core.trust.KeyCertificate;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.runtime.Health;
import org.vidtomo.testkit.RabbitMq;

class ProbeAgentTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path directory;
  private final FakeInstrument instrument = new FakeInstrument();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private CoordinatorSide coordinator;
  private ProbeAgent agent;

  @BeforeEach
  void start() throws IOException {
    coordinator = new CoordinatorSide(RabbitMq.shared().newVirtualHost(), directory);
    coordinator.takeReports();
    agent = AgentRig.agent(directory, instrument, registry);
    agent.start();
  }

  @AfterEach
  void stop() {
    agent.close();
    coordinator.close();
  }

  @Test
  void task_isMeasured_itsSignedReportArrives_andItIsAcked() throws Exception {
    Assignment task = coordinator.publish(coordinator.assignment("https://v.example/1"));

    Report report = firstReport();

    assertThat(report.outcome()).isEqualTo(Outcome.OK);
    assertThat(report.assignment())
        .hasValueSatisfying(
            a -> {
              assertThat(a.taskId()).isEqualTo(task.taskId());
              assertThat(a.scheduledAt()).isEqualTo(task.scheduledAt());
            });
    assertThat(report.agent().provider()).contains("Fibrelink");
    SignedMessage embedded = SignedMessage.parseToken(report.assignment().orElseThrow().signed());
    assertThat(Wire.read(embedded.verify(coordinator.key.publicKey()), Assignment.class))
        .isEqualTo(task);
    assertThat(coordinator.deliveries.get(0).routingKey()).isEqualTo("agent-1.ok");
    assertThat(coordinator.deliveries.get(0).headers()).containsKey(KeyCertificate.HEADER);
    assertThat(coordinator.deliveries.get(0).messageId()).contains(report.reportId().toString());
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(count("vidtomo.agent.measurements", "ok")).isEqualTo(1);
              assertThat(coordinator.waitingTasks()).isZero();
              assertThat(directory.resolve("spool")).isEmptyDirectory();
            });
    agent.close();
    assertThat(coordinator.waitingTasks()).isZero();
  }

  @Test
  void tasks_areMeasuredOneAtATime() {
    instrument.gate = new CountDownLatch(1);
    for (int i = 0; i < 3; i++) {
      coordinator.publish(coordinator.assignment("https://v.example/" + i));
    }
    await().atMost(SOON).until(() -> coordinator.waitingTasks() == 2);
    assertThat(instrument.measured).hasSizeLessThanOrEqualTo(1);

    instrument.gate.countDown();

    await().atMost(SOON).until(() -> coordinator.reports.size() == 3);
    assertThat(instrument.measured).hasSize(3);
  }

  @Test
  void heartbeats_saySignedThatItIsThere_whatItMeasures_andWhenItLeaves() {
    await().atMost(SOON).until(() -> !coordinator.presences.isEmpty());
    Presence first = coordinator.presences.get(0);
    assertThat(first.agent().id()).isEqualTo("agent-1");
    assertThat(first.status()).isEqualTo(Presence.Status.ACTIVE);
    assertThat(first.running()).isEmpty();
    assertThat(first.bytesLeft().orElseThrow())
        .as("of 2 GB, without what signs of life take")
        .isBetween(1_950_000_000L, 2_000_000_000L);
    assertThat(first.capabilities()).contains("assignment-1");

    instrument.gate = new CountDownLatch(1);
    Assignment task = coordinator.publish(coordinator.assignment("https://v.example/1"));
    await()
        .atMost(SOON)
        .until(
            () ->
                coordinator.presences.stream()
                    .anyMatch(p -> p.running().filter(task.taskId()::equals).isPresent()));
    instrument.gate.countDown();
    firstReport();
    agent.close();
    await()
        .atMost(SOON)
        .until(
            () ->
                coordinator.presences.get(coordinator.presences.size() - 1).status()
                    == Presence.Status.LEAVING);
  }

  @Test
  void pausedAgent_takesNothing_untilItIsResumed() throws IOException {
    Path paused = Files.createFile(directory.resolve("paused"));
    await()
        .atMost(SOON)
        .until(
            () ->
                coordinator.presences.stream().anyMatch(p -> p.status() == Presence.Status.PAUSED));
    coordinator.publish(coordinator.assignment("https://v.example/1"));
    await()
        .during(Duration.ofMillis(500))
        .atMost(SOON)
        .until(() -> coordinator.waitingTasks() == 1);
    assertThat(instrument.measured).isEmpty();
    assertThat(agent.check().status()).isEqualTo(Health.Status.OK);

    Files.delete(paused);

    firstReport();
  }

  @Test
  void taskThatComesAgain_isNotMeasuredAgain() {
    Assignment task = coordinator.publish(coordinator.assignment("https://v.example/1"));
    firstReport();
    coordinator.publish(task);
    Assignment next =
        new Assignment(
            1,
            task.taskId(),
            2,
            task.campaignId(),
            0,
            0,
            "agent-1",
            "Fibrelink",
            0,
            task.scheduledAt(),
            task.leaseUntil(),
            task.url(),
            task.parameters());
    coordinator.publish(next);

    await().atMost(SOON).until(() -> coordinator.reports.size() == 2);
    assertThat(coordinator.reports.get(1).assignment().orElseThrow().attempt()).isEqualTo(2);
    assertThat(instrument.measured).hasSize(2);
    assertThat(registry.get("vidtomo.agent.tasks.repeated").counter().count()).isEqualTo(1);
    agent.close();
    assertThat(coordinator.waitingTasks()).isZero();
  }

  @Test
  void taskAfterItsLease_isReportedAsExpired_byTheRealInstrument() throws IOException {
    agent.close();
    agent = AgentRig.realAgent(directory, registry);
    agent.start();
    coordinator.publish(
        coordinator.assignment("https://v.example/1", "agent-1", Instant.now().minusSeconds(1)));

    assertThat(firstReport().outcome()).isEqualTo(Outcome.EXPIRED);
    assertThat(coordinator.deliveries.get(0).routingKey()).isEqualTo("agent-1.expired");
  }

  @Test
  void siteThatIsNotListed_isRefusedByPolicy_byTheRealInstrument() throws IOException {
    agent.close();
    agent = AgentRig.realAgent(directory, registry);
    agent.start();
    coordinator.publish(coordinator.assignment("https://v.example/1"));

    Report report = firstReport();
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED_BY_POLICY);
    assertThat(report.failure().orElseThrow().kind()).isEqualTo(FailureKind.SITE_NOT_ALLOWED);
  }

  @Test
  void instrumentThatFails_isAFailedMeasurement() {
    coordinator.publish(coordinator.assignment("https://v.example/broken"));

    Report report = firstReport();

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.failure())
        .hasValueSatisfying(f -> assertThat(f.kind()).isEqualTo(FailureKind.UNKNOWN));
  }

  @Test
  void whatTheCoordinatorDidNotSignForThisAgent_isNotMeasured() {
    Assignment task = coordinator.assignment("https://v.example/1");
    SigningKey stranger = SigningKey.generate();
    String certificate = coordinator.certificate(Duration.ofDays(1));
    coordinator.publish(task, certificate, stranger);
    coordinator.publish(task, coordinator.certificate(Duration.ofSeconds(-60)), coordinator.key);
    coordinator.publish(
        task,
        new KeyCertificate(
                KeyCertificate.COORDINATOR,
                stranger.publicKey().encoded(),
                Instant.now().minusSeconds(9),
                Instant.now().plusSeconds(999))
            .signedBy(stranger),
        stranger);
    coordinator.publish(Wire.toBytes(task), Map.of());
    coordinator.publish(
        coordinator.assignment("https://v.example/1", "agent-2", task.leaseUntil()));
    byte[] tampered = Wire.toBytes(task);
    tampered[tampered.length / 2] ^= 1;
    Map<String, String> headers =
        new HashMap<>(SignedMessage.sign(Wire.toBytes(task), coordinator.key).headers());
    headers.put(KeyCertificate.HEADER, certificate);
    coordinator.publish(tampered, headers);
    byte[] nonsense = {'{', '}'};
    Map<String, String> signedNonsense =
        new HashMap<>(SignedMessage.sign(nonsense, coordinator.key).headers());
    signedNonsense.put(KeyCertificate.HEADER, certificate);
    coordinator.publish(nonsense, signedNonsense);

    coordinator.publish(coordinator.assignment("https://v.example/good"));

    assertThat(firstReport().video().url()).isEqualTo("https://v.example/good");
    assertThat(instrument.measured).hasSize(1);
    assertThat(registry.get("vidtomo.agent.tasks.refused").counter().count()).isEqualTo(7);
    await().atMost(SOON).until(() -> coordinator.dead.size() == 7);
  }

  @Test
  void campaignThatAsksForTooMuch_getsWhatThePolicyAllows() throws IOException {
    agent.close();
    Files.writeString(directory.resolve("policy.properties"), "ping-packets=1");
    agent = AgentRig.agent(directory, instrument, registry);
    agent.start();
    coordinator.publish(coordinator.assignment("https://v.example/1"));
    firstReport();

    assertThat(instrument.measured.get(0).parameters().pingPackets()).isEqualTo(1);
  }

  @Test
  void closing_givesARunningMeasurementBack_withinTenSeconds() throws Exception {
    instrument.gate = new CountDownLatch(1);
    Assignment task = coordinator.publish(coordinator.assignment("https://v.example/1"));
    await().atMost(SOON).until(() -> !instrument.measured.isEmpty());

    long begin = System.nanoTime();
    agent.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(9));
    await().atMost(SOON).until(() -> coordinator.waitingTasks() == 1);
    assertThat(coordinator.reports).isEmpty();
    assertThat(directory.resolve("spool")).isEmptyDirectory();

    instrument.gate.countDown();
    agent = AgentRig.agent(directory, instrument, registry);
    agent.start();
    assertThat(firstReport().assignment().orElseThrow().taskId()).isEqualTo(task.taskId());
  }

  @Test
  void secondAgentInTheDirectory_isRefused() throws IOException {
    ProbeAgent second = AgentRig.agent(directory, instrument, registry);
    assertThatThrownBy(second::start).hasMessageContaining("running in " + directory);
    second.close();
  }

  @Test
  void health_tellsOfTheBroker() {
    await().atMost(SOON).until(() -> agent.check().status() == Health.Status.OK);
    assertThat(agent.check().detail()).contains("connected, consuming 1 of 1");
    agent.close();
    assertThat(agent.check().status()).isEqualTo(Health.Status.DOWN);
  }

  private Report firstReport() {
    await().atMost(SOON).until(() -> !coordinator.reports.isEmpty());
    return coordinator.reports.get(0);
  }

  private double count(String name, String outcome) {
    return registry.get(name).tag("outcome", outcome).counter().count();
  }
}
