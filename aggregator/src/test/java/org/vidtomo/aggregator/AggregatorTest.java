package org.vidtomo.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.vidtomo.aggregator.ReportFixtures.SLOT;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.aggregator.ReportFixtures.Message;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.TaskOutcome;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.runtime.Health;
import org.vidtomo.storage.Flag;
import org.vidtomo.storage.FlagKind;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.ReportReader;

/** An aggregator on a real RabbitMQ and a real Cassandra. */
class AggregatorTest {
  private AggregatorRig rig;
  private AggregatorRig.Running running;

  @BeforeEach
  void start() throws Exception {
    rig = new AggregatorRig();
    running = rig.start();
  }

  @AfterEach
  void stop() {
    running.close();
    rig.close();
  }

  @Test
  void report_is_stored_to_the_byte_and_its_outcome_told() throws Exception {
    Report report = rig.report(UUID.randomUUID(), 1);
    Message message = ReportFixtures.signed(report, rig.agentKey);
    rig.send(message);
    await().atMost(AggregatorRig.PATIENCE).until(() -> rig.outcomes.size() == 1);
    TaskOutcome outcome = rig.outcomes.element();
    assertThat(outcome.reportId()).isEqualTo(report.reportId());
    assertThat(outcome.provider()).contains("Fibrelink");
    assertThat(outcome.related()).isEqualTo(report.related());
    assertThat(outcome.startupDelayMicros()).hasValue(1_000_000);
    assertThat(rig.store.reportReader().find(report.reportId()).orElseThrow().body())
        .isEqualTo(message.body());
    assertThat(rig.counted()).extracting(Measurement::reportId).containsExactly(report.reportId());
    assertThat(running.aggregator().check().status()).isEqualTo(Health.Status.OK);
  }

  @Test
  void report_that_comes_often_is_one_row_and_the_lowest_attempt_counts() throws Exception {
    UUID task = UUID.randomUUID();
    Report second = rig.report(task, 2);
    Report first = rig.report(task, 1);
    for (int i = 0; i < 3; i++) {
      rig.send(ReportFixtures.signed(second, rig.agentKey));
      rig.send(ReportFixtures.signed(first, rig.agentKey));
    }
    await().atMost(AggregatorRig.PATIENCE).until(() -> rig.outcomes.size() == 6);
    assertThat(rig.counted()).extracting(Measurement::reportId).containsExactly(first.reportId());
    assertThat(rig.store.reportReader().ofTask(task))
        .extracting(ReportReader.TaskReport::reportId)
        .containsExactly(first.reportId(), second.reportId());
  }

  @Test
  void what_cannot_be_trusted_is_a_dead_letter_with_its_reason_and_stops_nothing()
      throws Exception {
    Report good = rig.report(UUID.randomUUID(), 1);
    byte[] body = ReportFixtures.gzip(Wire.toBytes(good));
    rig.send(new Message(body, Map.of("x-encoding", "gzip")));
    rig.send(ReportFixtures.signed(good, SigningKey.generate()));
    rig.send(ReportFixtures.signed(good, rig.otherKey));
    rig.send(ReportFixtures.signed(ofAnothersAssignment(), rig.otherKey));
    rig.send(ReportFixtures.signed(withChangedAttempt(), rig.agentKey));
    rig.send(ReportFixtures.signed(withForgedAssignment(), rig.agentKey));
    rig.send(ReportFixtures.signed(ReportFixtures.gzip("{".getBytes()), rig.agentKey));
    rig.send(ReportFixtures.signed("not gzip".getBytes(), rig.agentKey));
    rig.send(ReportFixtures.signed(ReportFixtures.gzip(new byte[8 << 20]), rig.agentKey));
    rig.send(ReportFixtures.signed(new byte[40_000], rig.agentKey));
    byte[] changed = body.clone();
    changed[changed.length / 2] ^= 1;
    rig.send(new Message(changed, ReportFixtures.signed(good, rig.agentKey).headers()));
    rig.send(new Message(body, Map.of("x-key-id", "", "x-signature", "c2ln")));
    String endless = "\"" + "x".repeat(300_000) + "\"";
    rig.send(
        ReportFixtures.signed(
            ReportFixtures.gzip(
                Wire.toJson(good)
                    .replaceFirst("\"schemaVersion\":1", "\"schemaVersion\":" + endless)
                    .getBytes()),
            rig.agentKey));
    rig.send(ReportFixtures.signed(good, rig.agentKey));
    await()
        .atMost(AggregatorRig.PATIENCE)
        .until(() -> rig.outcomes.size() == 1 && rig.dead.size() == 13);
    assertThat(rig.dead)
        .anySatisfy(r -> assertThat(r).contains("not signed"))
        .anySatisfy(r -> assertThat(r).contains("no enrolled agent has"))
        .anySatisfy(r -> assertThat(r).contains("but says it is of agent"))
        .anySatisfy(r -> assertThat(r).contains("its assignment is agent"))
        .anySatisfy(r -> assertThat(r).contains("differs from what the coordinator signed"))
        .anySatisfy(r -> assertThat(r).contains("no coordinator has"))
        .anySatisfy(r -> assertThat(r).contains("not a valid Report"))
        .anySatisfy(r -> assertThat(r).contains("not whole gzip"))
        .anySatisfy(r -> assertThat(r).contains("bytes of JSON"))
        .anySatisfy(r -> assertThat(r).contains("over the 32768 allowed"))
        .anySatisfy(r -> assertThat(r).contains("does not fit the message"))
        .anySatisfy(r -> assertThat(r).contains("no id of a key"))
        .allSatisfy(r -> assertThat(r).hasSizeLessThan(1_100));
    assertThat(rig.counted()).hasSize(1);
  }

  @Test
  void attempt_is_answered_by_one_report() throws Exception {
    UUID task = UUID.randomUUID();
    Report first = rig.report(task, 1);
    rig.send(ReportFixtures.signed(first, rig.agentKey));
    await().atMost(AggregatorRig.PATIENCE).until(() -> rig.outcomes.size() == 1);
    for (int i = 0; i < 20; i++) {
      rig.send(ReportFixtures.signed(rig.report(task, 1), rig.agentKey));
    }
    running.close();
    running = rig.start();
    rig.send(ReportFixtures.signed(rig.report(task, 1), rig.agentKey));
    await().atMost(AggregatorRig.PATIENCE).until(() -> rig.dead.size() == 21);
    assertThat(rig.dead).allSatisfy(r -> assertThat(r).contains("is answered already"));
    assertThat(rig.counted()).extracting(Measurement::reportId).containsExactly(first.reportId());
    assertThat(rig.store.reportReader().ofTask(task)).hasSize(1);
    assertThat(rig.outcomes).hasSize(1);
  }

  @Test
  void agent_whose_reports_deny_themselves_is_flagged_and_they_are_stored() throws Exception {
    for (int i = 0; i < 3; i++) {
      Report boasting =
          ReportFixtures.changed(
              rig.report(UUID.randomUUID(), 1),
              json -> ((ObjectNode) json.get("download")).put("goodputBps", 99_000_000));
      rig.send(ReportFixtures.signed(boasting, rig.agentKey));
    }
    await().atMost(AggregatorRig.PATIENCE).until(() -> rig.outcomes.size() == 3);
    await().atMost(AggregatorRig.PATIENCE).until(() -> !flags().isEmpty());
    assertThat(flags())
        .singleElement()
        .satisfies(
            flag -> {
              assertThat(flag.kind()).isEqualTo(FlagKind.CONTRADICTS_ITSELF);
              assertThat(flag.evidence()).isEqualTo("goodput said=99000000 seen=13333");
            });
    assertThat(rig.counted()).hasSize(3);
  }

  private List<Flag> flags() {
    return Flag.of(rig.store.standing().strikes()).stream()
        .filter(flag -> flag.agentId().equals(rig.agent))
        .toList();
  }

  @Test
  void report_of_a_revoked_agent_is_refused() throws Exception {
    rig.store.agents().revoke(rig.agent, SLOT);
    rig.send(ReportFixtures.signed(rig.report(UUID.randomUUID(), 1), rig.agentKey));
    await().atMost(AggregatorRig.PATIENCE).until(() -> rig.dead.size() == 1);
    assertThat(rig.dead.element()).contains("revoked");
  }

  @Test
  void aggregator_that_goes_away_in_the_middle_loses_and_doubles_nothing() throws Exception {
    List<UUID> sent = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Report report = rig.report(UUID.randomUUID(), 1);
      sent.add(report.reportId());
      rig.send(ReportFixtures.signed(report, rig.agentKey));
      if (i == 100 || i == 200) {
        running.crash();
        running = rig.start();
      }
    }
    await().atMost(AggregatorRig.PATIENCE).until(() -> rig.told() == 300);
    assertThat(rig.counted())
        .extracting(Measurement::reportId)
        .containsExactlyInAnyOrderElementsOf(sent);
    assertThat(rig.dead).isEmpty();
  }

  private Report ofAnothersAssignment() {
    Assignment assignment =
        ReportFixtures.assignment(rig.campaign, UUID.randomUUID(), 1, rig.agent);
    return ReportFixtures.report(
        assignment, ReportFixtures.token(assignment, rig.coordinator), rig.other);
  }

  private Report withChangedAttempt() {
    UUID task = UUID.randomUUID();
    Assignment signed = ReportFixtures.assignment(rig.campaign, task, 2, rig.agent);
    return ReportFixtures.report(
        ReportFixtures.assignment(rig.campaign, task, 1, rig.agent),
        ReportFixtures.token(signed, rig.coordinator),
        rig.agent);
  }

  private Report withForgedAssignment() {
    Assignment assignment =
        ReportFixtures.assignment(rig.campaign, UUID.randomUUID(), 1, rig.agent);
    return ReportFixtures.report(
        assignment, ReportFixtures.token(assignment, rig.agentKey), rig.agent);
  }
}
