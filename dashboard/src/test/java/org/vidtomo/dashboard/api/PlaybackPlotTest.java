package org.vidtomo.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Report;
import org.vidtomo.dashboard.TestReports;
import org.vidtomo.dashboard.TestReports.Line;
import org.vidtomo.dashboard.api.PlaybackPlot.Point;
import org.vidtomo.dashboard.api.PlaybackPlot.Standstill;

class PlaybackPlotTest {
  private static final Report SLOW =
      TestReports.ok(
          new Line("Slowline", "a", "192.0.2.0/24", 800_000, 30_000),
          new UUID(0, 1),
          new UUID(0, 2),
          new UUID(0, 3),
          Instant.EPOCH,
          "v",
          "t");

  @Test
  void throughput_addsUpToTheBytes() {
    PlaybackPlot plot = PlaybackPlot.of(SLOW);
    double bits = 0;
    long before = 0;
    for (Point point : plot.throughput()) {
      bits += point.value() * (point.atMicros() - before) / 1e6;
      before = point.atMicros();
    }
    assertThat(bits / 8).isBetween(1_499_000.0, 1_501_000.0);
    assertThat(before).isEqualTo(SLOW.download().orElseThrow().durationMicros());
  }

  @Test
  void stalls_areWhereThePlayerStood_andTheBufferIsLowThere() {
    PlaybackPlot plot = PlaybackPlot.of(SLOW);
    Playback playback = SLOW.playback().orElseThrow();
    assertThat(plot.stalls()).hasSize(playback.stallCount()).isNotEmpty();
    Standstill first = plot.stalls().get(0);
    assertThat(first.atMicros())
        .isEqualTo(
            playback.startupDelayMicros().orElseThrow()
                + playback.stalls().get(0).mediaTimeMicros());
    Point then =
        plot.buffer().stream()
            .filter(p -> p.atMicros() == first.atMicros())
            .findFirst()
            .orElseThrow();
    assertThat(then.value()).as("at the player's stall threshold").isEqualTo(100_000);
  }

  @Test
  void buffer_isWhatWasThereAtTheStart_andEmptyAtTheEnd() {
    PlaybackPlot plot = PlaybackPlot.of(SLOW);
    long startup = plot.startupDelayMicros().orElseThrow();
    Point start =
        plot.buffer().stream().filter(p -> p.atMicros() == startup).findFirst().orElseThrow();
    assertThat(start.value()).isBetween(2_000_000L, 2_200_000L);
    Point last = plot.buffer().get(plot.buffer().size() - 1);
    assertThat(last.value()).isZero();
    assertThat(last.atMicros())
        .isEqualTo(
            startup
                + SLOW.playback().orElseThrow().playedMicros()
                + SLOW.playback().orElseThrow().stalledMicros());
  }
}
