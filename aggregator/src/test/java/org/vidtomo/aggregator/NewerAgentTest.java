package org.vidtomo.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.TaskOutcome;
import org.vidtomo.core.wire.Wire;

/** Reports of agents that know more fields and words than this aggregator. */
class NewerAgentTest {
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
  void report_withUnknownFieldsAndWords_isStoredToTheByte_asAFailureOfAnUnknownKind()
      throws Exception {
    Report report = rig.report(UUID.randomUUID(), 1);
    ObjectNode json = Wire.mapper().valueToTree(report);
    json.put("outcome", "half_done").putObject("weather").put("sky", "grey");
    json.put("schemaVersion", 2);
    json.putObject("failure")
        .put("kind", "solar_flare")
        .put("operation", "gaze")
        .put("detail", "too bright");
    ((ObjectNode) json.get("pings").get(0)).put("packetType", "quic_initial");
    byte[] body = ReportFixtures.gzip(Wire.toBytes(json));

    rig.send(ReportFixtures.signed(body, rig.agentKey));

    await().atMost(AggregatorRig.PATIENCE).until(() -> rig.outcomes.size() == 1);
    TaskOutcome told = rig.outcomes.element();
    assertThat(told.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(told.failureKind()).contains(FailureKind.UNKNOWN);
    assertThat(rig.store.reportReader().find(report.reportId()).orElseThrow().body())
        .isEqualTo(body);
    assertThat(rig.counted())
        .singleElement()
        .satisfies(
            counted -> {
              assertThat(counted.failureKind()).contains(FailureKind.UNKNOWN);
              assertThat(counted.rttMicros()).as("of a packet type of its own").isEmpty();
            });
    assertThat(rig.dead).isEmpty();
  }
}
