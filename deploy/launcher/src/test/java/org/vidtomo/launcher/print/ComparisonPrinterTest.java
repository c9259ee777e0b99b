package org.vidtomo.launcher.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.wire.Wire;

class ComparisonPrinterTest {
  @Test
  void aGroupWithTooLittle_saysSoInTheWordsOfTheApi() throws Exception {
    List<String> lines =
        lines(
            "\"enough\":false,\"rule\":\"a rank needs 200 cells\",\"why\":\"not enough data (n = 12"
                + " cells, 3 agents, 3 prefixes): a rank needs 200 cells; an interval needs 5"
                + " agents, there are 3\"");
    assertThat(lines.get(2))
        .contains("Slowline")
        .endsWith("12/3/12  not enough data (n = 12 cells, 3 agents, 3 prefixes)");
    assertThat(lines.get(3)).isEqualTo("  descriptive: a rank needs 200 cells");
  }

  @Test
  void aRankedGroup_hasItsRank() throws Exception {
    List<String> lines = lines("\"enough\":true,\"rank\":2");
    assertThat(lines).hasSize(3);
    assertThat(lines.get(2)).endsWith("12/3/12  rank 2");
  }

  @Test
  void aViewWithoutMeasurements_saysSo_andWhatToDo() throws Exception {
    List<String> lines =
        ComparisonPrinter.lines(
            Wire.mapper().readTree("{\"metric\":\"rtt\",\"by\":\"asn\",\"groups\":[]}"));
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1))
        .contains("not enough data (n = 0)")
        .contains("vidtomo campaign list shows");
  }

  @Test
  void whatIsLeftOut_isTold() throws Exception {
    List<String> lines =
        ComparisonPrinter.lines(
            Wire.mapper()
                .readTree(
                    "{\"metric\":\"rtt\",\"by\":\"asn\",\"unit\":\"s\",\"leftOut\":\"9 groups\","
                        + "\"groups\":[{\"key\":\"AS1\",\"enough\":true,\"rank\":1}]}"));
    assertThat(lines.get(lines.size() - 1)).isEqualTo("  left out: 9 groups");
  }

  private static List<String> lines(String group) throws Exception {
    return ComparisonPrinter.lines(
        Wire.mapper()
            .readTree(
                "{\"metric\":\"rtt\",\"by\":\"provider\",\"unit\":\"s\",\"groups\":[{\"key\":\"Slowline\","
                    + "\"n\":{\"cells\":12,\"agents\":3,\"prefixes\":3,\"videos\":12},\"p50\":0.02,"
                    + group
                    + "}]}"));
  }
}
