package org.vidtomo.agent.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.agent.http.ThrowawayCertificate;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.runtime.http.Certificates;
import org.vidtomo.runtime.http.Problem;

class EnrollerTest {
  private static final String BROKER = "amqp://agent:s3cret@127.0.0.1:5672/";

  @TempDir Path temporary;
  private final SigningKey root = SigningKey.generate();
  private final AtomicReference<JsonNode> asked = new AtomicReference<>();
  private volatile int status = 201;
  private volatile String broker = BROKER;
  private HttpServer server;
  private AgentDirectory directory;

  @BeforeEach
  void start() throws IOException {
    directory = new AgentDirectory(temporary.resolve("agent"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve(server);
  }

  private void serve(HttpServer serving) {
    serving.createContext(
        "/api/v1/agents",
        exchange -> {
          asked.set(Wire.mapper().readTree(exchange.getRequestBody()));
          String answer =
              status == 201
                  ? """
                  {"agentId": "a-7", "brokerUri": "%s", "queue": "vidtomo.tasks.x",
                   "rootKey": "%s", "coordinatorTime": "2026-11-21T10:00:00Z", "later": 1}"""
                      .formatted(broker, root.publicKey().encoded())
                  : Wire.toJson(Problem.of(status, "the invite was used"));
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    serving.start();
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
  void plainText_isNotSpokenToAnotherMachine() throws Exception {
    assertThatThrownBy(
            () -> Enroller.enrol(directory, enrolment(URI.create("http://192.0.2.7:8081"), "i")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("http://192.0.2.7")
        .hasMessageContaining("takes https");

    broker = "amqp://agent:s3cret@broker.example:5672/";
    assertThatThrownBy(() -> Enroller.enrol(directory, enrolment()))
        .hasMessageContaining("amqp://broker.example")
        .hasMessageContaining("takes amqps")
        .hasMessageNotContaining("s3cret");
    assertThat(AgentIdentity.isIn(directory)).isFalse();
  }

  @Test
  void authorityOfTheInvite_isFetchedAndPinned_andAnotherIsRefusedBeforeAnythingIsSent()
      throws Exception {
    Instant now = Instant.now();
    ThrowawayCertificate shown =
        ThrowawayCertificate.of("localhost", now.minusSeconds(60), now.plusSeconds(600));
    HttpsServer secured = secured(shown);
    try {
      serve(secured);
      URI url = URI.create("https://127.0.0.1:" + secured.getAddress().getPort());
      Path pem = Files.writeString(temporary.resolve("shown.pem"), shown.certificatePem());
      String fingerprint = Certificates.fingerprint(Certificates.read(pem).get(0));

      String wrong = (fingerprint.startsWith("A") ? "B" : "A") + fingerprint.substring(1);
      assertThatThrownBy(() -> Enroller.enrol(directory, enrolment(url, "inv1te." + wrong)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("none of its certificates has the expected fingerprint");
      assertThatThrownBy(() -> Enroller.enrol(directory, enrolment(url, "inv1te")))
          .as("the system's authorities")
          .isInstanceOf(IOException.class);
      assertThat(asked.get()).isNull();

      Enroller.enrol(directory, enrolment(url, "inv1te." + fingerprint));
      assertThat(asked.get().path("invite").asText()).isEqualTo("inv1te");
      assertThat(Certificates.read(directory.authority())).isEqualTo(Certificates.read(pem));
    } finally {
      secured.stop(0);
    }
  }

  private static HttpsServer secured(ThrowawayCertificate shown) throws Exception {
    byte[] key = Base64.getMimeDecoder().decode(shown.keyPem().replaceAll("-----[A-Z ]+-----", ""));
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setKeyEntry(
        "server",
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)),
        new char[0],
        new Certificate[] {
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(
                      shown.certificatePem().getBytes(StandardCharsets.US_ASCII)))
        });
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    HttpsServer made =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    made.setHttpsConfigurator(new HttpsConfigurator(context));
    return made;
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
    return enrolment(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "inv1te");
  }

  private static Enroller.Enrolment enrolment(URI coordinator, String invite) {
    return new Enroller.Enrolment(coordinator, invite, Optional.of("Fibrelink"), Optional.empty());
  }
}
