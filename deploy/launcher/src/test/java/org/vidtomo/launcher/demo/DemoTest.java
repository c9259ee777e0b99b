package org.vidtomo.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.Main;
import org.vidtomo.testkit.ChildJvm;
import org.vidtomo.testkit.TempDirectories;

/** The demo as its user starts it, twice on one directory. */
class DemoTest {
  private static final Duration LIMIT = Duration.ofMinutes(6);

  @Test
  void demo_compares_three_isps_twice_and_leaves_nothing_running() throws Exception {
    Path data = TempDirectories.create("demo");
    for (int run = 0; run < 2; run++) {
      try (ChildJvm demo =
          ChildJvm.start(
              Main.class,
              ChildJvm.quick("-Xmx768m"),
              Map.of(),
              "demo",
              "--once",
              "--json",
              "--port",
              "0",
              "--data",
              data.toString())) {
        ProcessHandle process = ProcessHandle.of(demo.pid()).orElseThrow();
        List<ProcessHandle> children = new java.util.ArrayList<>();
        org.awaitility.Awaitility.await()
            .atMost(LIMIT)
            .until(
                () -> {
                  process.children().filter(c -> !children.contains(c)).forEach(children::add);
                  return !demo.isAlive();
                });
        assertThat(demo.awaitExit(LIMIT)).as(demo.output()).isZero();
        assertThat(children).as("Cassandra").isNotEmpty();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertCongestedIspIsWorse(demo.output());
      }
    }
  }

  private static void assertCongestedIspIsWorse(String output) throws Exception {
    String json = output.lines().filter(l -> l.startsWith("{\"metric\"")).findFirst().orElseThrow();
    assertThat(output).contains("36 of 36 tasks done").contains("\"failed\":6");
    JsonNode comparison = Wire.mapper().readTree(json);
    assertThat(comparison.path("groups")).hasSize(3);
    double copperline = 0;
    double best = Double.MAX_VALUE;
    for (JsonNode group : comparison.path("groups")) {
      assertThat(group.path("n").path("agents").asInt()).as(json).isEqualTo(3);
      assertThat(group.path("enough").asBoolean()).isFalse();
      double median = group.path("p50").asDouble();
      if (group.path("key").asText().equals("Copperline")) {
        copperline = median;
      } else {
        best = Math.min(best, median);
      }
    }
    assertThat(copperline).as(json).isGreaterThan(2 * best);
  }
}
