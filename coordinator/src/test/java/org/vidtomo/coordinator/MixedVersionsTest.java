package org.vidtomo.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.coordinator.TestSystem.Times;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.Presence;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.Topology;

/** Agents and aggregators of other versions beside this coordinator. */
final class MixedVersionsTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private TestSystem system;

  @BeforeEach
  void start() {
    system = new TestSystem(directory);
    system.start(Times.PATIENT);
  }

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void agents_getWhatTheirVersionCan_oldOnesWithoutAWordOfIt_newOnesWithMore() throws Exception {
    ScriptedAgent old = system.agent("old").speaks(beat -> beat.remove("capabilities")).works();
    ScriptedAgent newer =
        system
            .agent("new")
            .speaks(
                beat -> {
                  beat.withArray("capabilities").add("http-3").add("telepathy-2");
                  beat.putObject("weather").put("sky", "grey");
                })
            .works();
    await().atMost(SOON).until(() -> newer.id().equals(announcing("telepathy-2")));

    String plain = submit(Map.of());
    await().atMost(SOON).until(() -> done(plain) == 2);
    String http3 = submit(Map.of("parameters", Map.of("http", "3")));
    await().atMost(SOON).until(() -> done(http3) == 1);

    assertThat(old.taken()).hasSize(1);
    assertThat(newer.taken()).hasSize(2);
  }

  @Test
  void agent_ofAStatusThatIsUnknown_isAliveAndGetsNothing() throws Exception {
    ScriptedAgent agent =
        system.agent("alpha").speaks(beat -> beat.put("status", "dreaming")).works();
    await()
        .atMost(SOON)
        .until(
            () ->
                system.coordinator().fleet().find(agent.id()).orElseThrow().status()
                    == Presence.Status.PAUSED);
    String campaign = submit(Map.of());
    await().atMost(SOON).until(() -> counts(campaign).path("planned").asInt() == 1);
    assertThat(agent.taken()).isEmpty();

    agent.speaks(beat -> {});
    await().atMost(SOON).until(() -> done(campaign) == 1);
  }

  @Test
  void outcome_withUnknownFieldsAndWords_isAccountedForAsFailed() throws Exception {
    ScriptedAgent agent = system.agent("alpha");
    agent
        .does(
            (assignment, delivery) -> {
              tellNewer(agent, assignment);
              delivery.ack();
            })
        .works();
    String campaign = submit(Map.of());
    await().atMost(SOON).until(() -> done(campaign) == 1);
    assertThat(counts(campaign).path("outcomes").path("failed").asInt()).isEqualTo(1);
    assertThat(system.messages(Topology.DEAD)).isZero();
  }

  private void tellNewer(ScriptedAgent agent, Assignment assignment) {
    ObjectNode json =
        Wire.mapper().valueToTree(agent.outcome(assignment, Outcome.FAILED, UUID.randomUUID()));
    json.put("outcome", "half_done")
        .put("failureKind", "solar_flare")
        .putObject("mood")
        .put("of", "it");
    system
        .aggregator()
        .publisher()
        .publishAndWait(
            OutgoingMessage.json(Topology.OUTCOMES, "", Wire.toBytes(json), Map.of(), "newer"),
            SOON);
  }

  private String announcing(String word) {
    return system.coordinator().fleet().all().stream()
        .filter(agent -> agent.capabilities().contains(word))
        .map(agent -> agent.agentId())
        .findFirst()
        .orElse("");
  }

  private String submit(Map<String, Object> options) throws Exception {
    JsonNode made =
        system
            .http("submit.token")
            .post(
                "/api/v1/campaigns",
                Map.of("options", options, "urls", List.of("https://video.example.org/1")),
                JsonNode.class);
    return "/api/v1/campaigns/" + made.path("id").asText();
  }

  private int done(String campaign) throws Exception {
    return counts(campaign).path("done").asInt();
  }

  private JsonNode counts(String campaign) throws Exception {
    return system.http("read.token").get(campaign, JsonNode.class).path("counts");
  }
}
