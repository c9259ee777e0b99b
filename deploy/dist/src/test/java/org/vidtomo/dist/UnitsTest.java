package org.vidtomo.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vidtomo.testkit.Programs;
import org.vidtomo.testkit.TempDirectories;

/** The units for systemd, as systemd itself reads them; nothing is started. */
class UnitsTest {
  private static final Path UNITS = Unpacked.home().resolve("deploy/systemd");

  @ParameterizedTest
  @ValueSource(strings = {"vidtomo-agent.service", "vidtomo@.service"})
  void unit_is_understood_by_systemd_and_leaves_little_exposed(String name) throws Exception {
    Optional<Path> analyze = Programs.find("systemd-analyze");
    if (analyze.isEmpty()) {
      Programs.notTried(name, "systemd-analyze");
      return;
    }
    Path directory = TempDirectories.create("units");
    Path unit = directory.resolve(name.replace("@", "@coordinator"));
    // What it starts is here, and not where it is installed to.
    String here =
        Files.readString(UNITS.resolve(name))
            .replaceAll("(?m)^ExecStart=\\S+", "ExecStart=/bin/true")
            .replaceAll("(?m)^Documentation=.*\\n", "");
    Files.writeString(unit, here);

    Programs.Ended verified =
        Programs.run(
            List.of(analyze.get().toString(), "verify", "--man=no", unit.toString()),
            directory,
            Map.of());
    assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
    assertThat(verified.err().lines().filter(line -> line.contains("vidtomo"))).isEmpty();

    // Of 10.0, in tenths: what nginx's own unit gets is 92.
    Programs.done(
        List.of(
            analyze.get().toString(),
            "security",
            "--no-pager",
            "--offline=true",
            "--threshold=20",
            unit.toString()),
        directory);
  }

  @Test
  void agents_unit_bounds_memory_above_what_its_heap_may_take() throws Exception {
    assertThat(Files.readString(UNITS.resolve("vidtomo-agent.service")))
        .containsPattern("(?m)^MemoryMax=512M$")
        .containsPattern("(?m)^CapabilityBoundingSet=$")
        .doesNotContainPattern("(?m)^MemoryDenyWriteExecute=yes");
  }
}
