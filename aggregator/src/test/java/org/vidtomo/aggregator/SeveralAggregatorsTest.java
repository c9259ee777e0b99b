package org.vidtomo.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.task.TaskOutcome;
import org.vidtomo.storage.Measurement;

/** Three aggregators on one queue, of which two go away in the middle. */
class SeveralAggregatorsTest {
  private final List<AggregatorRig.Running> running = new ArrayList<>();
  private AggregatorRig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new AggregatorRig();
    for (int i = 0; i < 3; i++) {
      running.add(rig.start());
    }
  }

  @AfterEach
  void stop() {
    running.forEach(AggregatorRig.Running::close);
    rig.close();
  }

  @Test
  void reports_areEachStoredOnce_whicheverTakesThem_andWhicheverGoes() {
    List<UUID> sent = new ArrayList<>(rig.sendReports(200));
    await().atMost(AggregatorRig.PATIENCE).until(() -> rig.told() >= 50);
    running.get(0).crash();
    sent.addAll(rig.sendReports(200));
    await().atMost(AggregatorRig.PATIENCE).until(() -> rig.told() >= 200);
    running.get(1).close();
    sent.addAll(rig.sendReports(200));

    await().atMost(AggregatorRig.PATIENCE).until(() -> rig.told() == 600);
    assertThat(rig.counted())
        .extracting(Measurement::reportId)
        .containsExactlyInAnyOrderElementsOf(sent);
    assertThat(rig.outcomes).extracting(TaskOutcome::reportId).containsAll(sent);
    assertThat(rig.dead).isEmpty();
    assertThat(running)
        .as("each has a share")
        .allMatch(each -> each.count("vidtomo.reports.stored") > 0);
    // What the crashed one had in flight is received again, by another.
    assertThat(running.stream().mapToDouble(r -> r.count("vidtomo.reports.stored")).sum())
        .isBetween(600.0, 650.0);
  }
}
