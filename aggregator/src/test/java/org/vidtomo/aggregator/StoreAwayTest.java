package org.vidtomo.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vidtomo.runtime.Health;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.StoreSettings;
import org.vidtomo.testkit.Cassandra;
import org.vidtomo.testkit.PrivateCassandra;

/** Cassandra is stopped or stands still while reports come, and comes back. */
class StoreAwayTest {
  private static final Duration LONG = Duration.ofSeconds(90);

  @Test
  void reports_thatComeWhileTheStoreIsAway_wait_andAreStoredOnceItIsBack() throws Exception {
    try (PrivateCassandra cassandra = Cassandra.startPrivate();
        AggregatorRig rig = new AggregatorRig(settings(cassandra));
        AggregatorRig.Running running = rig.start()) {
      List<UUID> sent = new ArrayList<>(rig.sendReports(50));
      await().atMost(LONG).until(() -> rig.told() == 50);

      cassandra.freeze();
      sent.addAll(rig.sendReports(100));
      awaitWaiting(running);
      cassandra.thaw();
      awaitStored(rig, running, sent);

      cassandra.stop();
      sent.addAll(rig.sendReports(150));
      awaitWaiting(running);
      cassandra.startAgain();
      awaitStored(rig, running, sent);
    }
  }

  private static void awaitWaiting(AggregatorRig.Running running) {
    await()
        .atMost(LONG)
        .until(() -> running.aggregator().check().status() == Health.Status.DEGRADED);
    assertThat(running.aggregator().check().detail()).contains("wait until they can be stored");
  }

  private static void awaitStored(
      AggregatorRig rig, AggregatorRig.Running running, List<UUID> sent) {
    await().atMost(LONG).until(() -> rig.told() == sent.size());
    assertThat(rig.counted())
        .extracting(Measurement::reportId)
        .containsExactlyInAnyOrderElementsOf(sent);
    assertThat(rig.dead).isEmpty();
    await().atMost(LONG).until(() -> running.aggregator().check().status() == Health.Status.OK);
  }

  private static StoreSettings settings(PrivateCassandra cassandra) {
    StoreSettings plain =
        StoreSettings.of(List.of(cassandra.contactPoint()), cassandra.localDatacenter());
    return new StoreSettings(
        plain.contactPoints(),
        plain.localDatacenter(),
        plain.keyspace(),
        plain.replication(),
        plain.username(),
        plain.password(),
        plain.connectWait(),
        Duration.ofSeconds(3));
  }
}
