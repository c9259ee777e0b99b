package org.vidtomo.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

class ReportWireTest {
  @Test
  void report_is_written_as_the_golden_file_says() throws Exception {
    assertGolden("report-full.json", ReportSamples.full());
    assertGolden("report-failed.json", ReportSamples.failed());
  }

  @Test
  void report_that_is_written_is_read_again_the_same() throws Exception {
    for (Report report : new Report[] {ReportSamples.full(), ReportSamples.failed()}) {
      assertThat(Wire.read(Wire.toBytes(report), Report.class)).isEqualTo(report);
    }
  }

  @Test
  void report_of_a_newer_writer_is_read() throws Exception {
    String json =
        Wire.toJson(ReportSamples.failed())
            .replace("\"hops\":[]", "\"hops\":[],\"colour\":{\"of\":[\"later\"]}")
            .replace("connection_refused", "some_later_kind");
    Report report = Wire.read(json, Report.class);
    assertThat(report.failure())
        .hasValueSatisfying(f -> assertThat(f.kind()).isEqualTo(FailureKind.UNKNOWN));
  }

  @Test
  void null_is_never_written() {
    assertThat(Wire.toJson(ReportSamples.full())).doesNotContain("null");
    assertThat(Wire.toJson(ReportSamples.failed())).doesNotContain("null");
  }

  @Test
  void bytes_that_are_no_report_are_refused_with_a_sentence() {
    for (String bad :
        new String[] {
          "", "null", "[]", "{}", "{\"schemaVersion\":\"x\"}", "{\"a\":1}{", "\u0000"
        }) {
      assertThatThrownBy(() -> Wire.read(bad, Report.class))
          .as(bad)
          .isInstanceOf(WireException.class)
          .hasMessageContaining("Report");
    }
  }

  @Test
  void nesting_beyond_bounds_is_refused() {
    String deep = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThatThrownBy(() -> Wire.read(deep, Report.class)).isInstanceOf(WireException.class);
  }

  private static void assertGolden(String name, Report report) throws IOException {
    try (InputStream golden = ReportWireTest.class.getResourceAsStream("/golden/" + name)) {
      assertThat(golden).as("golden file " + name).isNotNull();
      String expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
      String written = Wire.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(report);
      assertThat(written.strip()).isEqualTo(expected.strip());
    }
  }
}
