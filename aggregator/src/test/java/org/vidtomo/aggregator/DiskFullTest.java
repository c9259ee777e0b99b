package org.vidtomo.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vidtomo.embedded.FreeSpace;
import org.vidtomo.runtime.Health;
import org.vidtomo.storage.Measurement;
import org.vidtomo.testkit.SmallDisk;

/** The store's disk, a real one, fills up while reports come. */
class DiskFullTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final long FLOOR_BYTES = 4L << 20;

  @Test
  void fullDisk_makesReportsWait_untilThereIsRoom() throws Exception {
    try (SmallDisk disk = SmallDisk.of(8)) {
      FreeSpace space = new FreeSpace(disk.directory(), FLOOR_BYTES, System::nanoTime);
      try (AggregatorRig rig = new AggregatorRig(space::lacking);
          AggregatorRig.Running running = rig.start()) {
        disk.fill();
        await().atMost(LONG).until(() -> space.lacking().isPresent());
        assertThat(space.lacking().orElseThrow()).contains("free some space");
        List<UUID> sent = rig.sendReports(100);

        await()
            .atMost(LONG)
            .until(() -> running.aggregator().check().status() == Health.Status.DEGRADED);
        assertThat(rig.counted()).isEmpty();
        disk.free();

        await().atMost(LONG).until(() -> rig.told() == 100);
        assertThat(rig.counted())
            .extracting(Measurement::reportId)
            .containsExactlyInAnyOrderElementsOf(sent);
        assertThat(rig.dead).isEmpty();
        await().atMost(LONG).until(() -> running.aggregator().check().status() == Health.Status.OK);
      }
    }
  }
}
