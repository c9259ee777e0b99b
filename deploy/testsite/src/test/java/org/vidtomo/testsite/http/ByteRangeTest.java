package org.vidtomo.testsite.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vidtomo.testsite.http.ByteRange.Kind;

class ByteRangeTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-9, 0, 10, PART",
    "bytes=90-, 90, 100, PART",
    "bytes=-30, 70, 100, PART",
    "bytes=-300, 0, 100, PART",
    "bytes=50-500, 50, 100, PART",
    "bytes=100-, 0, 0, UNSATISFIABLE",
    "bytes=-0, 0, 0, UNSATISFIABLE",
    "bytes=9-3, 0, 100, WHOLE",
    "bytes=-, 0, 100, WHOLE",
    "'bytes=0-1,5-6', 0, 100, WHOLE",
    "lines=1-2, 0, 100, WHOLE",
  })
  void header_selectsBytesOfAHundred(String header, long from, long to, Kind kind) {
    assertThat(ByteRange.parse(header, 100)).isEqualTo(new ByteRange(from, to, kind));
  }
}
