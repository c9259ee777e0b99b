package org.vidtomo.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.coordinator.TestSystem.Times;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.Topology;
import org.vidtomo.runtime.Health;

/** What the coordinator says when something is wrong, over a real RabbitMQ and Cassandra. */
final class AlertsTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private TestSystem system;

  @BeforeEach
  void start() {
    system = new TestSystem(directory);
    system.start(Times.HASTY);
  }

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void provider_whoseLastAgentDies_isToldWhileItLasts() throws Exception {
    ScriptedAgent agent = system.agent("alpha");
    String campaign = submit(Map.of());
    await().atMost(SOON).until(() -> counts(campaign).path("planned").asInt() == 2);
    assertThat(kinds(campaign)).isEmpty();

    agent.dies();
    await()
        .atMost(SOON)
        .until(
            () ->
                kinds(campaign).containsAll(List.of("provider_without_agent", "campaign_stalled")));
    assertThat(alerts(campaign).findValuesAsText("detail"))
        .anyMatch(detail -> detail.contains("alpha: none of 1 agent(s) is alive"));
    assertThat(system.coordinator().check())
        .satisfies(
            health -> {
              assertThat(health.status()).isEqualTo(Health.Status.DEGRADED);
              assertThat(health.detail()).contains("provider_without_agent", "alpha");
            });
    assertThat(system.metrics())
        .contains("vidtomo_alerts{kind=\"provider_without_agent\"} 1.0")
        .contains("vidtomo_alert{kind=\"provider_without_agent\",subject=\"alpha\"} 1.0");

    system.agent("alpha").works();
    await().atMost(SOON).until(() -> kinds(campaign).isEmpty());
    assertThat(system.metrics())
        .contains("vidtomo_alerts{kind=\"provider_without_agent\"} 0.0")
        .doesNotContain("subject=\"alpha\"");
  }

  @Test
  void campaign_thatNoAgentIsAbleTo_isTold() throws Exception {
    system.agent("alpha").works();
    String campaign = submit(Map.of("parameters", Map.of("http", "3")));
    await().atMost(SOON).until(() -> kinds(campaign).contains("capability_missing"));
    assertThat(alerts(campaign).findValuesAsText("detail")).anyMatch(d -> d.contains("http-3"));
    assertThat(counts(campaign).path("queued").asInt()).isEqualTo(2);
  }

  @Test
  void dead_letters_areToldUntilTheyAreGone() throws Exception {
    try (BrokerConnection broker = system.connection("someone")) {
      broker.start();
      broker
          .publisher()
          .publishAndWait(
              OutgoingMessage.json("", Topology.DEAD, new byte[] {'{', '}'}, Map.of(), "m"), SOON);
      await().atMost(SOON).until(() -> !system.coordinator().alerts().all().isEmpty());
      assertThat(system.coordinator().alerts().summary()).contains("dead_letters: 1 message(s)");
      assertThat(system.metrics()).contains("vidtomo_dead_letters 1.0");
      broker.subscribe(Topology.DEAD, 1, delivery -> delivery.ack());
      await().atMost(SOON).until(() -> system.coordinator().alerts().all().isEmpty());
    }
  }

  private String submit(Map<String, Object> options) throws Exception {
    JsonNode made =
        system
            .http("submit.token")
            .post(
                "/api/v1/campaigns",
                Map.of(
                    "options",
                    options,
                    "urls",
                    List.of("https://video.example.org/1", "https://video.example.org/2")),
                JsonNode.class);
    return "/api/v1/campaigns/" + made.path("id").asText();
  }

  private JsonNode counts(String campaign) throws Exception {
    return system.http("read.token").get(campaign, JsonNode.class).path("counts");
  }

  private JsonNode alerts(String campaign) throws Exception {
    return system.http("read.token").get(campaign, JsonNode.class).path("alerts");
  }

  private List<String> kinds(String campaign) throws Exception {
    JsonNode alerts = alerts(campaign);
    assertThat(alerts.isArray()).isTrue();
    return alerts.findValuesAsText("kind");
  }
}
