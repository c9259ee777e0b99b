package org.vidtomo.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
  @Test
  void row_quotesWhatHoldsSeparators_andLeavesAbsentEmpty() {
    assertThat(Csv.row(List.of("a,b", "", "say \"x\"", "two\r\nlines", "plain")))
        .isEqualTo("\"a,b\",,\"say \"\"x\"\"\",\"two\r\nlines\",plain\r\n");
  }

  @Test
  void formula_isDisarmed_andANumberStaysOne() {
    assertThat(Csv.row(List.of("=1+1", "+x", "-5", "-5.25E-3", "-x", "@a", "\tb")))
        .isEqualTo("'=1+1,'+x,-5,-5.25E-3,'-x,'@a,'\tb\r\n");
  }

  @Test
  void rows_areReadAsTheyWereWritten() {
    List<List<String>> rows =
        List.of(
            List.of("a,b", "", "say \"x\"", "two\r\nlines", "plain"),
            List.of("", "\"", ",", "\n", ""));
    assertThat(Csv.rows(Csv.row(rows.get(0)) + Csv.row(rows.get(1)))).isEqualTo(rows);
    assertThat(Csv.rows("a,b\nc,")).isEqualTo(List.of(List.of("a", "b"), List.of("c", "")));
    assertThat(Csv.rows("")).isEmpty();
    assertThat(Csv.rows("\"" + "x".repeat(1_000_000) + "\"").get(0).get(0)).hasSize(1_000_000);
  }

  @Test
  void aQuoteWithoutAnEnd_isSaid() {
    assertThatThrownBy(() -> Csv.rows("a,\"b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no CSV, from character 2 on");
  }
}
