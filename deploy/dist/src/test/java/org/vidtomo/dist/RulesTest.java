package org.vidtomo.dist;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vidtomo.testkit.Programs;

/** What Prometheus itself says of its files; the launcher's tests hold them against metrics. */
class RulesTest {
  @Test
  void prometheus_takes_rules_and_example() throws Exception {
    Path directory = Unpacked.home().resolve("deploy/prometheus");
    Optional<Path> promtool = Programs.find("promtool");
    if (promtool.isEmpty()) {
      Programs.notTried("the rules for Prometheus", "promtool");
      return;
    }
    String program = promtool.get().toString();
    Programs.done(List.of(program, "check", "rules", "vidtomo-rules.yml"), directory);
    Programs.done(List.of(program, "check", "config", "prometheus.yml"), directory);
  }
}
