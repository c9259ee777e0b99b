package org.vidtomo.agent.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.runtime.files.KeyFiles;

class BrokerAccessTest {
  private static final URI SHARED = URI.create("amqp://agents:s3cret@127.0.0.1:5672/");
  private static final URI OWN = URI.create("amqp://a-7:first@127.0.0.1:5672/");

  @TempDir private Path temporary;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private volatile String broker = "amqp://a-7:other@127.0.0.1:5672/";
  private HttpServer server;
  private AgentDirectory directory;

  @BeforeEach
  void start() throws IOException {
    directory = new AgentDirectory(temporary.resolve("agent"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/agents/a-7/credentials",
        exchange -> {
          asked.add(exchange.getRequestHeaders().getFirst("authorization"));
          byte[] answer =
              "{\"brokerUri\": \"%s\", \"queue\": \"q\"}"
                  .formatted(broker)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void refusedPassword_isAskedForOnceAndKept_alsoForTheOtherConnection() throws Exception {
    BrokerAccess access = access(OWN);
    URI given = access.apply(OWN);
    assertThat(given).isEqualTo(URI.create(broker));
    assertThat(access.apply(OWN)).as("the other connection").isEqualTo(given);
    assertThat(access.apply(given)).as("too soon to ask again").isEqualTo(given);
    assertThat(asked).singleElement().asString().startsWith("Agent ");
    assertThat(AgentIdentity.load(directory).brokerUri()).isEqualTo(given);
  }

  @Test
  void agentOfASharedUser_getsItsOwn_andOneOfItsOwnDoesNotAsk() throws Exception {
    assertThat(access(SHARED).ofItsOwn().brokerUri()).isEqualTo(URI.create(broker));
    assertThat(access(OWN).ofItsOwn().brokerUri()).isEqualTo(OWN);
    assertThat(asked).hasSize(1);
  }

  @Test
  void coordinatorThatIsAway_orBadAdvice_changesNothing() throws Exception {
    broker = "amqp://a-7:other@broker.example:5672/";
    assertThat(access(SHARED).ofItsOwn().brokerUri()).as("plain text").isEqualTo(SHARED);
    server.stop(0);
    assertThat(access(SHARED).ofItsOwn().brokerUri()).isEqualTo(SHARED);
    assertThat(access(OWN).apply(OWN)).isEqualTo(OWN);
  }

  private BrokerAccess access(URI has) throws IOException {
    SigningKey key = KeyFiles.loadOrCreate(directory.key());
    AgentIdentity identity =
        new AgentIdentity(
            "a-7",
            key,
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            key.publicKey(),
            has,
            "q",
            Optional.empty());
    identity.save(directory);
    return new BrokerAccess(identity, directory, Optional.empty(), Clock.systemUTC());
  }
}
