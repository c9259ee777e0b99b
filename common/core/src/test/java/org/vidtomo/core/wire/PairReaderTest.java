package org.vidtomo.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.TimelinePoint;

class PairReaderTest {
  @Test
  void pair_is_read_as_it_is_written() throws Exception {
    assertThat(Wire.toJson(new Arrival(10_000, 1_448))).isEqualTo("[10000,1448]");
    assertThat(Wire.read("[10000,1448]", Arrival.class)).isEqualTo(new Arrival(10_000, 1_448));
    assertThat(Wire.read("[5,9223372036854775807]", TimelinePoint.class))
        .isEqualTo(new TimelinePoint(5, Long.MAX_VALUE));
  }

  @Test
  void what_newer_writers_add_is_passed_over() throws Exception {
    assertThat(Wire.read("[1,2,3,[4,{\"a\":[]}],\"x\"]", Arrival.class))
        .isEqualTo(new Arrival(1, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "1",
        "\"1,2\"",
        "[\"1\",2]",
        "[null,2]",
        "[true,2]",
        "[[1],2]",
        "[1,2",
        "[-1,2]",
        "[1,-2]",
        "[1,9223372036854775808]",
        "[1"
      })
  void what_is_no_pair_of_whole_numbers_is_refused(String json) {
    assertThatThrownBy(() -> Wire.read(json, Arrival.class)).isInstanceOf(WireException.class);
  }
}
