package org.vidtomo.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vidtomo.testkit.SmallDisk;

class SpoolDiskFullTest {
  @Test
  void fullDisk_refusesTheNextReport_keepsAllBefore_andGoesOnWhenThereIsRoom() throws Exception {
    try (SmallDisk disk = SmallDisk.of(1)) {
      Path directory = disk.directory().resolve("spool");
      Spool spool = Spool.open(directory, Spool.Limits.DEFAULTS, Clock.systemUTC());
      List<TaskKey> kept = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        kept.add(spool.append(report()).task());
      }
      disk.fill();

      assertThatThrownBy(() -> spool.append(report())).isInstanceOf(IOException.class);
      assertThat(whole(spool)).isEqualTo(kept);

      disk.free();
      kept.add(spool.append(report()).task());
      Spool reopened = Spool.open(directory, Spool.Limits.DEFAULTS, Clock.systemUTC());
      assertThat(whole(reopened)).isEqualTo(kept);
      assertThat(reopened.damaged()).isZero();
    }
  }

  private static List<TaskKey> whole(Spool spool) throws IOException {
    List<TaskKey> tasks = new ArrayList<>();
    for (Spool.Entry entry : spool.pending()) {
      Optional<SpooledReport> report = spool.read(entry);
      report.ifPresent(r -> tasks.add(r.task()));
    }
    return tasks;
  }

  private static SpooledReport report() {
    return new SpooledReport(
        new TaskKey(UUID.randomUUID(), 1),
        "agent.ok",
        UUID.randomUUID().toString(),
        Map.of("x-key-id", "k"),
        Instant.now(),
        new byte[20_000]);
  }
}
