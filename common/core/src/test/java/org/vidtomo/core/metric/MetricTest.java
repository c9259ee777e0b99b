package org.vidtomo.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.Arrival;

class MetricTest {
  @Test
  void lost_packets_take_part_in_the_loss_ratio_only() {
    RoundTripDelayStatistics statistics = RoundTripDelayStatistics.of(List.of(10L, 30L), 4);
    assertThat(statistics.minMicros()).hasValue(10);
    assertThat(statistics.avgMicros()).hasValue(20);
    assertThat(statistics.maxMicros()).hasValue(30);
    assertThat(statistics.lossRatio()).isEqualTo(0.5);
  }

  @Test
  void delay_of_packets_all_lost_is_undefined() {
    RoundTripDelayStatistics statistics = RoundTripDelayStatistics.of(List.of(), 4);
    assertThat(statistics.minMicros()).isEmpty();
    assertThat(statistics.lossRatio()).isEqualTo(1);
    assertThatThrownBy(() -> RoundTripDelayStatistics.of(List.of(1L), 0))
        .hasMessageContaining("at least what came back");
  }

  @Test
  void goodput_is_bytes_over_time() {
    // 1 MB in the first two seconds, then 2 MB in two more.
    Goodput goodput =
        Goodput.of(
            List.of(
                new Arrival(1_000_000, 500_000),
                new Arrival(1_000_000, 500_000),
                new Arrival(1_000_000, 1_000_000),
                new Arrival(1_000_000, 1_000_000)),
            4_000_000);
    assertThat(goodput.goodputBps()).isEqualTo(6_000_000);
    assertThat(goodput.steadyGoodputBps()).hasValue(8_000_000);
    assertThat(goodput.maxInstantBps()).isEqualTo(16_000_000);
  }

  @Test
  void maximum_of_a_steady_flow_is_its_rate() {
    List<Arrival> steady = java.util.Collections.nCopies(300, new Arrival(10_000, 12_500));
    Goodput goodput = Goodput.of(steady, 3_000_000);
    assertThat(goodput.goodputBps()).isEqualTo(10_000_000);
    assertThat(goodput.maxInstantBps()).isEqualTo(10_000_000);
  }

  @Test
  void download_without_bytes_has_goodput_0_and_no_steady_one() {
    Goodput nothing = Goodput.of(List.of(), 1_000_000);
    assertThat(nothing.goodputBps()).isZero();
    assertThat(nothing.steadyGoodputBps()).isEmpty();
    assertThat(nothing.maxInstantBps()).isZero();
  }

  @Test
  void stalling_mos_is_that_of_the_paper() {
    assertThat(StallingMos.of(0, 0)).isCloseTo(5.0, within(1e-12));
    // One stall of 4 s: 3.5·e^(−0.79)+1.5.
    assertThat(StallingMos.of(1, 4_000_000)).isCloseTo(3.0885, within(1e-4));
    assertThat(StallingMos.of(50, 500_000_000)).isCloseTo(1.5, within(1e-9));
  }

  @Test
  void downloadThatTookNoTime_hasNoRate() {
    List<Arrival> arrivals = List.of(new Arrival(0, 1_000), new Arrival(10, 1_000));
    assertThat(Goodput.of(arrivals, 0).goodputBps()).isZero();
    assertThat(Goodput.of(arrivals, 0).maxInstantBps()).isZero();
  }
}
