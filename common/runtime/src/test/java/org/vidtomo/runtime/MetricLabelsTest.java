package org.vidtomo.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vidtomo.runtime.operations.Metrics;

/** No metric's label holds a full public address, whoever chose its text. */
class MetricLabelsTest {
  private static final int LABELS = Integer.getInteger("vidtomo.answers", 5_000);

  /** As many as a process has at the most. */
  private static final int AT_ONCE = 1_000;

  @Test
  void generated_label_holds_no_full_public_address() throws Exception {
    Random random = new Random(9);
    for (int made = 0; made < LABELS; made += AT_ONCE) {
      List<WrittenAddress> written = new ArrayList<>();
      try (Metrics metrics = new Metrics()) {
        for (int i = 0; i < AT_ONCE; i++) {
          WrittenAddress each = WrittenAddress.of(random);
          written.add(each);
          Gauge.builder("vidtomo.alert", () -> 1)
              .tag("number", Integer.toString(i))
              .tag("subject", "ISP of " + each.text())
              .register(metrics.registry());
        }
        String[] lines = metrics.scrape().split("\n");
        assertHolds(lines, written);
      }
    }
    System.out.printf("%,d labels of metrics hold no full public address%n", LABELS);
  }

  private static void assertHolds(String[] lines, List<WrittenAddress> written) {
    int found = 0;
    for (String line : lines) {
      if (line.startsWith("vidtomo_alert{")) {
        String number = line.replaceFirst(".*number=\"([0-9]+)\".*", "$1");
        written.get(Integer.parseInt(number)).assertNotIn(line, line);
        found++;
      }
    }
    assertThat(found).isEqualTo(written.size());
  }
}
