package org.vidtomo.coordinator.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vidtomo.coordinator.alert.Situation.Member;
import org.vidtomo.coordinator.alert.Situation.RunningCampaign;
import org.vidtomo.coordinator.assign.AgentState;
import org.vidtomo.coordinator.assign.LaneView;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.task.Presence;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

final class AlertRulesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Instant LONG_AGO = NOW.minus(Duration.ofMinutes(16));
  private static final UUID ID = UUID.fromString("00000000-0000-0001-0000-000000000001");
  private static final LaneView DUE = new LaneView(ID, "alpha", true, 0);

  private final AlertRules rules = new AlertRules(Duration.ofMinutes(15));
  private CampaignOptions options = CampaignOptions.DEFAULTS;
  private Optional<String> hindrance = Optional.empty();
  private OptionalLong deadLetters = OptionalLong.of(0);
  private boolean settled = true;
  private boolean frozen;

  @Test
  void campaign_thatMoves_isFine() {
    assertThat(findings(campaign(NOW.minusSeconds(60), DUE), ready("a1"))).isEmpty();
  }

  @Test
  void campaign_whoseTasksAreNotDue_isFine() {
    assertThat(findings(campaign(LONG_AGO, new LaneView(ID, "alpha", false, 0)), ready("a1")))
        .isEmpty();
  }

  @Test
  void campaign_withoutOpenTasks_isFine_forHoweverLong() {
    assertThat(findings(campaign(LONG_AGO), ready("a1"))).isEmpty();
  }

  @Test
  void stall_saysThatNoAgentIsAlive() {
    assertThat(stall(gone("a1"), gone("a2"))).contains("alpha: none of 2 agent(s) is alive");
    assertThat(stall()).contains("alpha: no agent is enrolled");
  }

  @Test
  void stall_saysThatAllArePaused() {
    assertThat(stall(agent("a1", Presence.Status.PAUSED, 1L << 40, List.of()), gone("a2")))
        .contains("all 1 agent(s) are paused");
  }

  @Test
  void stall_saysThatTheBudgetsAreUsedUp() {
    assertThat(stall(agent("a1", Presence.Status.ACTIVE, 1_000, List.of())))
        .contains("the byte budgets of all 1 agent(s) are used up");
  }

  @Test
  void stall_saysWhatTheBrokerOrTheStoreHinders_beforeAllElse() {
    hindrance = Optional.of("broker: not connected");
    assertThat(stall(gone("a1"))).contains("broker: not connected").doesNotContain("alive");
  }

  @Test
  void stall_saysThatTasksAreHeldAndReassignmentIsFrozen() {
    frozen = true;
    RunningCampaign held = campaign(LONG_AGO, new LaneView(ID, "alpha", false, 3));
    assertThat(detail(findings(held, ready("a1")), AlertKind.CAMPAIGN_STALLED))
        .contains("hold 3 task(s) and report none")
        .contains("frozen");
  }

  @Test
  void stall_ofManyTargets_namesSome() {
    RunningCampaign campaign =
        campaign(
            LONG_AGO,
            DUE,
            new LaneView(ID, "beta", true, 0),
            new LaneView(ID, "gamma", true, 0),
            new LaneView(ID, "delta", true, 0));
    assertThat(detail(findings(campaign), AlertKind.CAMPAIGN_STALLED))
        .contains("alpha", "beta", "gamma", "and 1 more targets");
  }

  @Test
  void campaign_thatWaitsForAgentsForLong_isStalled() {
    RunningCampaign waiting =
        new RunningCampaign(ID, options, false, LONG_AGO, List.of(), Optional.empty());
    assertThat(detail(findings(waiting), AlertKind.CAMPAIGN_STALLED))
        .contains("no agent is enrolled");
  }

  @Test
  void target_whoseAgentsAllLackSomething_isSaidAtOnce() throws Exception {
    options = http3();
    List<Finding> findings = findings(campaign(NOW, DUE), ready("a1"), gone("a2"));
    assertThat(detail(findings, AlertKind.CAPABILITY_MISSING)).contains("alpha can: http-3");
    assertThat(stall(ready("a1"))).contains("1 agent(s) are alive, all lack http-3");
    assertThat(
            findings(
                campaign(NOW, DUE),
                ready("a1"),
                agent("a2", Presence.Status.ACTIVE, 1L << 40, List.of("assignment-1", "http-3"))))
        .isEmpty();
  }

  @Test
  void provider_withoutAgent_isSaidOnce_onlyWhenAgentsHadTimeToBeHeard() {
    settled = false;
    assertThat(findings(campaign(NOW, DUE), gone("a1"))).isEmpty();
    settled = true;
    assertThat(findings(campaign(NOW, DUE), gone("a1")))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(AlertKind.PROVIDER_WITHOUT_AGENT);
              assertThat(finding.subject()).isEqualTo("alpha");
              assertThat(finding.campaigns()).containsExactly(ID);
            });
    assertThat(
            findings(campaign(NOW, DUE), agent("a1", Presence.Status.PAUSED, 1L << 40, List.of())))
        .isEmpty();
  }

  @Test
  void dead_letters_areSaidWhileThereAreAny() {
    deadLetters = OptionalLong.of(7);
    assertThat(detail(findings(), AlertKind.DEAD_LETTERS)).contains("7 message(s)");
    deadLetters = OptionalLong.empty();
    assertThat(findings()).isEmpty();
  }

  private String stall(Member... agents) {
    return detail(findings(campaign(LONG_AGO, DUE), agents), AlertKind.CAMPAIGN_STALLED);
  }

  private static String detail(List<Finding> findings, AlertKind kind) {
    return findings.stream()
        .filter(finding -> finding.kind() == kind)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " in " + findings))
        .detail();
  }

  private List<Finding> findings() {
    return rules.findings(
        new Situation(NOW, settled, List.of(), List.of(), deadLetters, Optional.empty(), frozen));
  }

  private List<Finding> findings(RunningCampaign campaign, Member... agents) {
    return rules.findings(
        new Situation(
            NOW, settled, List.of(campaign), List.of(agents), deadLetters, hindrance, frozen));
  }

  private RunningCampaign campaign(Instant lastMoved, LaneView... lanes) {
    return new RunningCampaign(ID, options, true, lastMoved, List.of(lanes), Optional.empty());
  }

  private static CampaignOptions http3() throws WireException {
    ObjectNode json = Wire.mapper().valueToTree(CampaignOptions.DEFAULTS);
    ((ObjectNode) json.get("parameters")).put("http", "3");
    return Wire.read(Wire.toBytes(json), CampaignOptions.class);
  }

  private static Member ready(String id) {
    return agent(id, Presence.Status.ACTIVE, 1L << 40, List.of());
  }

  private static Member gone(String id) {
    return new Member(ready(id).state(), false);
  }

  private static Member agent(
      String id, Presence.Status status, long bytesLeft, List<String> capabilities) {
    return new Member(
        new AgentState(
            id,
            "vidtomo.tasks." + id,
            "alpha",
            Optional.of(NOW),
            status,
            "test/1",
            capabilities,
            Optional.empty(),
            OptionalLong.of(bytesLeft),
            OptionalLong.empty()),
        true);
  }
}
