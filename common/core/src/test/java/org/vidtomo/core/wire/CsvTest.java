package org.vidtomo.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

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
}
