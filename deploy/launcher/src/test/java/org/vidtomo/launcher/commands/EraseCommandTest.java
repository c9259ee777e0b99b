package org.vidtomo.launcher.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.agent.enrol.AgentDirectory;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.core.trust.AgentAsking;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.runtime.files.KeyFiles;
import picocli.CommandLine;

class EraseCommandTest {
  @TempDir private Path temporary;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private volatile int status = 200;
  private HttpServer coordinator;
  private AgentDirectory directory;
  private SigningKey key;

  @BeforeEach
  void enrol() throws Exception {
    coordinator = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    coordinator.createContext(
        "/api/v1/agents/me",
        exchange -> {
          asked.add(exchange.getRequestHeaders().getFirst("authorization"));
          String body =
              status == 200
                  ? "{\"agentId\": \"a-7\", \"reports\": 3, \"complete\": true}"
                  : "{\"title\": \"not allowed\", \"status\": %d}".formatted(status);
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange
              .getResponseHeaders()
              .set("content-type", status == 200 ? "application/json" : "application/problem+json");
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    coordinator.start();
    directory = new AgentDirectory(temporary.resolve("agent"));
    key = KeyFiles.loadOrCreate(directory.key());
    new AgentIdentity(
            "a-7",
            key,
            URI.create("http://127.0.0.1:" + coordinator.getAddress().getPort()),
            key.publicKey(),
            URI.create("amqp://a-7:x@127.0.0.1:5672/"),
            "q",
            Optional.empty())
        .save(directory);
    Files.writeString(directory.status(), "{}");
  }

  @AfterEach
  void stop() {
    coordinator.stop(0);
  }

  @Test
  void told_nothing_stays_and_the_token_is_good_for_that_alone() throws Exception {
    assertThat(erase()).isZero();

    assertThat(directory.path()).doesNotExist();
    AgentAsking asking =
        AgentAsking.verified(
            SignedMessage.parseToken(asked.get(0).replaceFirst("^Agent ", "")), key.publicKey());
    assertThat(asking.purpose()).contains(AgentAsking.Purpose.ERASE);
  }

  @Test
  void refused_the_key_stays_until_the_coordinator_has_taken_it() throws Exception {
    status = 403;
    assertThat(erase()).isEqualTo(1);
    assertThat(directory.status()).doesNotExist();
    assertThat(AgentIdentity.load(directory).agentId()).isEqualTo("a-7");
    status = 503;
    assertThat(erase()).isEqualTo(1);
    assertThat(directory.key()).exists();

    status = 200;
    assertThat(erase()).isZero();
    assertThat(directory.path()).doesNotExist();
  }

  @Test
  void here_only_deletes_without_asking_anybody() {
    status = 403;
    assertThat(erase("--here-only")).isZero();
    assertThat(directory.path()).doesNotExist();
    assertThat(asked).isEmpty();
  }

  private int erase(String... more) {
    List<String> words = new ArrayList<>(List.of("--yes", "--data", directory.path().toString()));
    words.addAll(List.of(more));
    return new CommandLine(new EraseCommand())
        .setExecutionExceptionHandler((failure, command, parsed) -> 9)
        .execute(words.toArray(String[]::new));
  }
}
