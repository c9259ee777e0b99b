package org.vidtomo.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.HttpProtocol;
import org.vidtomo.core.task.PlayerRule;
import org.vidtomo.core.trust.KeyCertificate;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.testkit.RabbitMq;

/** An agent that is asked for what it cannot do, or in words that it does not know. */
class NewerCoordinatorTest {
  @TempDir Path directory;
  private final FakeInstrument instrument = new FakeInstrument();
  private CoordinatorSide coordinator;
  private ProbeAgent agent;

  @BeforeEach
  void start() throws IOException {
    coordinator = new CoordinatorSide(RabbitMq.shared().newVirtualHost(), directory);
    coordinator.takeReports();
    agent = AgentRig.agent(directory, instrument, new SimpleMeterRegistry());
    agent.start();
  }

  @AfterEach
  void stop() {
    agent.close();
    coordinator.close();
  }

  @Test
  void task_thatNeedsWhatTheAgentLacks_isRefusedUnmeasured_withTheReason() {
    ObjectNode asked = assignment();
    parameters(asked).put("player", "bola");

    Report report = reportOf(asked);

    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED_BY_POLICY);
    assertThat(report.failure())
        .hasValueSatisfying(
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.TOOL_MISSING);
              assertThat(failure.detail()).contains("player-bola");
            });
    assertThat(instrument.measured).isEmpty();
  }

  @Test
  void task_withUnknownFieldsAndWords_isMeasuredWithTheDefaults() {
    ObjectNode asked = assignment();
    asked.put("priority", "high");
    parameters(asked).put("http", "4").put("player", "pensive").putArray("subtitles").add("fr");

    assertThat(reportOf(asked).outcome()).isEqualTo(Outcome.OK);
    assertThat(instrument.measured)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.parameters().http()).isEqualTo(HttpProtocol.AUTO);
              assertThat(request.parameters().player()).isEqualTo(PlayerRule.FIXED);
            });
  }

  @Test
  void task_ofALaterSchema_isADeadLetter() {
    publish(assignment().put("schemaVersion", 2));

    await().atMost(Duration.ofSeconds(20)).until(() -> !coordinator.dead.isEmpty());
    assertThat(coordinator.dead.get(0)).contains("schema version 2").contains("update it");
    assertThat(instrument.measured).isEmpty();
  }

  private ObjectNode assignment() {
    return Wire.mapper().valueToTree(coordinator.assignment("https://v.example/1"));
  }

  private static ObjectNode parameters(ObjectNode assignment) {
    return (ObjectNode) assignment.get("parameters");
  }

  private Report reportOf(ObjectNode assignment) {
    publish(assignment);
    await().atMost(Duration.ofSeconds(20)).until(() -> !coordinator.reports.isEmpty());
    return coordinator.reports.get(0);
  }

  private void publish(ObjectNode assignment) {
    byte[] body = Wire.toBytes(assignment);
    Map<String, String> headers =
        new HashMap<>(SignedMessage.sign(body, coordinator.key).headers());
    headers.put(KeyCertificate.HEADER, coordinator.certificate(Duration.ofDays(1)));
    coordinator.publish(body, headers);
  }
}
