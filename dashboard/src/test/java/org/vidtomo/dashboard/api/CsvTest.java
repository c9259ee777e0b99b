package org.vidtomo.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.Outcome;

class CsvTest {
  @Test
  void aLine_quotes_leavesAbsentEmpty_andDisarmsFormulas() {
    String line = Csv.line(summary("=HYPERLINK(\"http://x\",\"a,b\")"));
    assertThat(line)
        .contains(",\"'=HYPERLINK(\"\"http://x\"\",\"\"a,b\"\")\",ok,,,400000,0.25,")
        .endsWith(",,,\r\n");
    assertThat(line.split(",", -1).length).isGreaterThan(Csv.head().split(",").length);
  }

  @Test
  void anOrdinaryTitle_staysAsItIs() {
    String line = Csv.line(summary("Title 1"));
    assertThat(line).contains(",Title 1,ok,");
    assertThat(line.split(",", -1)).hasSize(Csv.head().split(",").length);
  }

  private static MeasurementSummary summary(String title) {
    return new MeasurementSummary(
        new UUID(0, 1),
        new UUID(0, 2),
        Optional.empty(),
        Instant.EPOCH,
        Instant.EPOCH,
        "agent",
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        "ipv4",
        "page",
        "page:1",
        "https://videos.example/1",
        Optional.of(title),
        Outcome.OK,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.of(400_000),
        OptionalDouble.of(0.25),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }
}
