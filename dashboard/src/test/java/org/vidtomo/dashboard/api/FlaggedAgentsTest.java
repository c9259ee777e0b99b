package org.vidtomo.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.vidtomo.dashboard.Dashboard;
import org.vidtomo.dashboard.Http;
import org.vidtomo.dashboard.RandomMeasurements;
import org.vidtomo.dashboard.TestDashboard;
import org.vidtomo.dashboard.TestStores;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.storage.AgentOrigin;
import org.vidtomo.storage.EnrolledAgent;
import org.vidtomo.storage.FlagKind;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.Strike;

/** A dashboard over a store in which an agent is flagged, and others are a crowd. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlaggedAgentsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String FLAGGED = "Alpha-0";

  private final Instant from =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(6));
  private Store store;
  private BrokerConnection broker;
  private Dashboard dashboard;
  private URI base;

  @BeforeAll
  void open() throws Exception {
    store = TestStores.open();
    RandomMeasurements random =
        new RandomMeasurements(4, List.of(UUID.randomUUID()), from, Duration.ofHours(4));
    TestStores.write(store, Stream.generate(random::next).limit(400).toList());
    for (int agent = 0; agent < 6; agent++) {
      enrol("Alpha-" + agent);
      put("Beta-" + agent, "prefix", agent);
    }
    for (int i = 0; i < 3; i++) {
      store
          .standing()
          .note(
              new Strike(
                  FLAGGED,
                  FlagKind.CONTRADICTS_ITSELF,
                  UUID.randomUUID(),
                  from.plusSeconds(i),
                  "goodput said=99000000 seen=13333"))
          .toCompletableFuture()
          .join();
    }
    broker = TestDashboard.connect();
    dashboard = TestDashboard.start(store, broker, 0);
    base = URI.create("http://127.0.0.1:" + dashboard.port());
  }

  private void enrol(String agent) {
    store
        .agents()
        .insert(
            new EnrolledAgent(
                agent,
                "key-" + agent,
                "public",
                "queue",
                Optional.empty(),
                from,
                Optional.empty()));
  }

  private void put(String agent, String prefix, int after) {
    store
        .standing()
        .put(
            new AgentOrigin(
                agent, "address-" + agent, prefix, from.plusSeconds(after), Optional.empty()))
        .toCompletableFuture()
        .join();
  }

  @AfterAll
  void close() {
    dashboard.close();
    broker.close();
    store.close();
  }

  @Test
  void agents_showTheirFlags_withEvidence() throws Exception {
    JsonNode agents = Http.json(base, "/api/v1/agents").path("agents");
    assertThat(agents).hasSize(6);
    for (JsonNode agent : agents) {
      boolean flagged = agent.path("agentId").asText().equals(FLAGGED);
      assertThat(agent.path("flags")).hasSize(flagged ? 1 : 0);
      if (flagged) {
        JsonNode flag = agent.path("flags").get(0);
        assertThat(flag.path("kind").asText()).isEqualTo("contradicts_itself");
        assertThat(flag.path("reports").asInt()).isEqualTo(3);
        assertThat(flag.path("evidence").asText()).contains("said=99000000");
      }
    }
  }

  @Test
  void comparisons_sayHowManyAgentsAreLeftOut_andWhy() {
    for (String view :
        new String[] {
          "compare?metric=rtt&by=provider",
          "distribution?metric=rtt&by=provider",
          "series?metric=rtt&by=provider",
          "failures?by=provider"
        }) {
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  assertThat(
                          Http.json(base, "/api/v1/" + view + "&from=" + from)
                              .path("leftOut")
                              .asText())
                      .as(view)
                      .contains(
                          "1 agents whose reports cannot be (contradicts itself: 1)",
                          "2 agents beyond 2 of one address or 4 of one network prefix"));
    }
  }
}
