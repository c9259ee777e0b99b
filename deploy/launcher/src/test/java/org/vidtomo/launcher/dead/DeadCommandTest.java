package org.vidtomo.launcher.dead;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.commands.DeadCommand;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.Topology;
import org.vidtomo.testkit.RabbitMq;
import org.vidtomo.testkit.TempDirectories;
import picocli.CommandLine;

/** The commands over a real RabbitMQ. */
class DeadCommandTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private BrokerConnection broker;
  private Path config;

  @BeforeEach
  void start() throws Exception {
    URI uri = RabbitMq.shared().newVirtualHost();
    broker = new BrokerConnection(BrokerSettings.of(uri, "test"));
    broker.start();
    broker.awaitConnected(PATIENCE);
    broker.topology().declareShared();
    config = TempDirectories.create("dead").resolve("vidtomo.properties");
    Files.writeString(config, "amqp.uri=" + uri + "\n");
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private void die(String body, String reason) {
    broker
        .publisher()
        .publishAndWait(
            new OutgoingMessage(
                "",
                Topology.DEAD,
                body.getBytes(UTF_8),
                Map.of(
                    Topology.REASON_HEADER,
                    reason,
                    Topology.ORIGIN_HEADER,
                    Topology.REPORTS_INGEST + " agent-1.ok"),
                UUID.randomUUID().toString(),
                "application/json",
                true,
                true),
            PATIENCE);
  }

  /** Runs it; its exit code. */
  private int dead(String... arguments) {
    out.reset();
    err.reset();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", config.toString()));
    PrintStream realOut = System.out;
    PrintStream realErr = System.err;
    System.setOut(new PrintStream(out, true, UTF_8));
    System.setErr(new PrintStream(err, true, UTF_8));
    try {
      return new CommandLine(new DeadCommand()).execute(all.toArray(String[]::new));
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
    }
  }

  private List<JsonNode> listed(String... further) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("list", "--json"));
    arguments.addAll(List.of(further));
    assertThat(dead(arguments.toArray(String[]::new))).isZero();
    return json();
  }

  /** What was printed; the tests' logs go there too. */
  private List<JsonNode> json() throws Exception {
    List<JsonNode> printed = new ArrayList<>();
    for (String line : out.toString(UTF_8).lines().filter(l -> l.startsWith("{")).toList()) {
      printed.add(Wire.read(line, JsonNode.class));
    }
    return printed;
  }

  @Test
  void dead_letters_are_listed_shown_replayed_and_dropped() throws Exception {
    die("{\"a\":1}", "not signed");
    die("{\"b\":2}", "not a valid Report");
    die("no json \u001b[31m", "not signed \u001b[31mred");
    List<JsonNode> listed = listed();
    assertThat(listed).hasSize(3);
    assertThat(listed.get(0).path("reason").asText()).isEqualTo("not signed");
    assertThat(listed.get(0).path("queue").asText()).isEqualTo(Topology.REPORTS_INGEST);
    assertThat(dead("list")).isZero();
    assertThat(out.toString(UTF_8))
        .contains(listed.get(1).path("id").asText(), "not a valid Report", Topology.REPORTS_INGEST)
        .doesNotContain("\u001b");

    String first = listed.get(0).path("id").asText();
    assertThat(dead("show", first.substring(0, 8), "--json")).isZero();
    JsonNode shown = json().get(0);
    assertThat(shown.path("body").path("a").asInt()).isEqualTo(1);
    assertThat(shown.path("routingKey").asText()).isEqualTo("agent-1.ok");
    assertThat(dead("show", listed.get(2).path("id").asText())).isZero();
    assertThat(out.toString(UTF_8)).contains("key agent-1.ok").doesNotContain("\u001b");

    assertThat(dead("replay", first)).isZero();
    assertThat(broker.topology().messageCount(Topology.REPORTS_INGEST)).hasValue(1);
    assertThat(dead("drop", "--reason", "VALID report", "--json")).isZero();
    assertThat(json().get(0).path("dropped").asInt()).isEqualTo(1);
    assertThat(listed()).hasSize(1);
    assertThat(dead("drop", "--all")).isZero();
    assertThat(listed()).isEmpty();
    assertThat(err.toString(UTF_8)).contains("there are no dead letters");
  }

  @Test
  void wrong_usage_changes_nothing() throws Exception {
    die("{}", "bad");
    assertThat(dead()).isEqualTo(2);
    assertThat(dead("drop")).isEqualTo(2);
    assertThat(dead("drop", "--all", "abcd")).isEqualTo(2);
    assertThat(dead("replay", "00000000ffff")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("there is no dead letter 00000000ffff");
    assertThat(listed("--limit", "1", "--reason", "good")).isEmpty();
    assertThat(listed()).hasSize(1);
  }
}
