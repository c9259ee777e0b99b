package org.vidtomo.agent.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.runtime.http.Problem;

class EnrollerTest {
  private static final String BROKER = "amqp://agent:s3cret@127.0.0.1:5672/";

  @TempDir Path temporary;
  private final SigningKey root = SigningKey.generate();
  private final AtomicReference<JsonNode> asked = new AtomicReference<>();
  private volatile int status = 201;
  private HttpServer server;
  private AgentDirectory directory;

  @BeforeEach
  void start() throws IOException {
    directory = new AgentDirectory(temporary.resolve("agent"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/agents",
        exchange -> {
          asked.set(Wire.mapper().readTree(exchange.getRequestBody()));
          String answer =
              status == 201
                  ? """
                  {"agentId": "a-7", "brokerUri": "%s", "queue": "vidtomo.tasks.x",
                   "rootKey": "%s", "coordinatorTime": "2026-11-21T10:00:00Z", "later": 1}"""
                      .formatted(BROKER, root.publicKey().encoded())
                  : Wire.toJson(Problem.of(status, "the invite was used"));
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void enrolment_sendsThePublicKeyOnly_andKeepsWhatComesBack() throws Exception {
    AgentIdentity enrolled = Enroller.enrol(directory, enrolment());

    assertThat(asked.get().path("invite").asText()).isEqualTo("inv1te");
    assertThat(asked.get().path("provider").asText()).isEqualTo("Fibrelink");
    assertThat(asked.get().path("software").asText()).startsWith("vidtomo/");
    assertThat(asked.get().path("publicKey").asText())
        .isEqualTo(enrolled.key().publicKey().encoded());
    AgentIdentity loaded = AgentIdentity.load(directory);
    assertThat(loaded.agentId()).isEqualTo("a-7");
    assertThat(loaded.brokerUri()).isEqualTo(URI.create(BROKER));
    assertThat(loaded.rootKey().id()).isEqualTo(root.publicKey().id());
    assertThat(loaded.key().publicKey().id()).isEqualTo(enrolled.key().publicKey().id());
    assertThat(loaded.provider()).contains("Fibrelink");
    assertThat(loaded.toString()).doesNotContain("s3cret");
    assertThat(Files.getPosixFilePermissions(directory.identity())).hasSize(2);
  }

  @Test
  void refusal_isToldAndLeavesNoIdentity_andTheKeyIsUsedAgain() throws Exception {
    status = 403;
    assertThatThrownBy(() -> Enroller.enrol(directory, enrolment()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the invite was used")
        .hasMessageNotContaining("inv1te");
    assertThat(AgentIdentity.isIn(directory)).isFalse();
    String firstKey = asked.get().path("publicKey").asText();

    status = 201;
    Enroller.enrol(directory, enrolment());

    assertThat(asked.get().path("publicKey").asText()).isEqualTo(firstKey);
  }

  @Test
  void enrolledAgent_isNotEnrolledAgain() throws Exception {
    Enroller.enrol(directory, enrolment());

    assertThatThrownBy(() -> Enroller.enrol(directory, enrolment()))
        .hasMessageContaining("a-7 is enrolled");
  }

  @Test
  void missingAgent_isReportedSayingWhatToDo() {
    assertThatThrownBy(() -> AgentIdentity.load(directory))
        .hasMessageContaining("vidtomo agent enroll");
  }

  @Test
  void lockedDirectory_isRefused_untilItIsLetGo() throws IOException {
    AgentDirectory.Lock lock = directory.lock();
    assertThatThrownBy(directory::lock).hasMessageContaining("running in");
    lock.close();
    directory.lock().close();
  }

  private Enroller.Enrolment enrolment() {
    return new Enroller.Enrolment(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
        "inv1te",
        Optional.of("Fibrelink"),
        Optional.empty());
  }
}
