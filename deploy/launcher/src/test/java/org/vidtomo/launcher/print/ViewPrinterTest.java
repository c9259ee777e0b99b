package org.vidtomo.launcher.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewPrinterTest {
  private static final List<String> HEADINGS =
      List.of("metric", "unit", "method", "group", "p50", "why");

  @Test
  void whatAllRowsShare_standsAbove_andColumnsWithoutAnything_areLeftOut() {
    assertThat(
            ViewPrinter.lines(
                List.of(
                    HEADINGS,
                    List.of("rtt", "s", "2: cells", "Slowline", "0.0246051", ""),
                    List.of("rtt", "s", "2: cells", "A", "", ""))))
        .containsExactly("metric=rtt unit=s", "  group        p50", "  Slowline 0.02461", "  A");
  }

  @Test
  void hostileText_isCut_andTurnsNothing() {
    String line =
        ViewPrinter.lines(
                List.of(List.of("title"), List.of("\u001b[31m\u202e" + "x".repeat(10_000))))
            .get(1);
    assertThat(line).hasSizeLessThan(60).doesNotContain("\u001b").doesNotContain("\u202e");
  }

  @Test
  void manyRows_areCut_andWhereTheRestIs_isSaid() {
    List<List<String>> rows =
        new java.util.ArrayList<>(Collections.nCopies(1_001, List.of("1234567")));
    rows.set(0, List.of("measurements"));
    assertThat(ViewPrinter.lines(rows))
        .hasSize(202)
        .contains("       1234567")
        .endsWith("  and 800 more rows: --csv and --json have all");
  }

  @Test
  void aViewWithNothing_saysSo_andRowsOfOtherLengths_areRefused() {
    assertThat(ViewPrinter.lines(List.of(HEADINGS)).get(0)).startsWith("nothing was measured");
    assertThatThrownBy(() -> ViewPrinter.lines(List.of(HEADINGS, List.of("rtt"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
