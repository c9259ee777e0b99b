package org.vidtomo.launcher.print;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vidtomo.core.playback.PlayableMedia;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.playback.PlayerState;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.TimelinePoint;

/** A download's throughput and the player's buffer over time, in block characters. */
final class ThroughputPlot {
  private static final int COLUMNS = 60;
  private static final int ROWS = 6;
  private static final String BLOCKS = " ▁▂▃▄▅▆▇█";

  private ThroughputPlot() {}

  static List<String> of(
      Download download, Optional<List<TimelinePoint>> timeline, PlayerBuffer buffer) {
    long span = Math.max(1, download.durationMicros());
    double[] rate = new double[COLUMNS];
    long at = 0;
    for (Arrival arrival : download.arrivals()) {
      at += arrival.deltaMicros();
      rate[column(at, span)] += arrival.deltaBytes() * 8.0 * COLUMNS / span;
    }
    List<String> lines = new ArrayList<>();
    lines.add("throughput, " + Units.rate(Math.round(max(rate) * 1e6)) + " at the top");
    lines.addAll(rows(rate));
    timeline.ifPresent(
        points -> {
          double[] ahead = bufferOver(download.arrivals(), points, buffer, span);
          lines.add("buffer, " + Units.millis(Math.round(max(ahead))) + " at the top");
          lines.addAll(rows(ahead));
        });
    lines.add("  0" + " ".repeat(COLUMNS - 8) + Units.millis(span));
    return lines;
  }

  private static double[] bufferOver(
      List<Arrival> arrivals, List<TimelinePoint> points, PlayerBuffer buffer, long span) {
    PlayableMedia media = PlayableMedia.of(points);
    double[] ahead = new double[COLUMNS];
    PlayerState state = PlayerState.start(buffer);
    long at = 0;
    long bytes = 0;
    int filled = 0;
    for (Arrival arrival : arrivals) {
      at += arrival.deltaMicros();
      filled = fill(ahead, filled, state, at, span);
      bytes += arrival.deltaBytes();
      state = state.step(at, media.playableMicros(bytes), false);
    }
    fill(ahead, filled, state, span, span);
    return ahead;
  }

  private static int fill(double[] ahead, int from, PlayerState state, long until, long span) {
    int column = from;
    long end = end(column, span);
    while (column < COLUMNS && end <= until) {
      ahead[column] = state.advance(Math.max(end, state.nowMicros())).bufferMicros();
      column++;
      end = end(column, span);
    }
    return column;
  }

  private static long end(int column, long span) {
    return span * (column + 1) / COLUMNS;
  }

  private static int column(long at, long span) {
    return (int) Math.max(0, Math.min(COLUMNS - 1, (at - 1) * COLUMNS / span));
  }

  private static double max(double[] values) {
    return Arrays.stream(values).max().orElse(0);
  }

  private static List<String> rows(double[] values) {
    double top = Math.max(max(values), 1e-9);
    List<String> rows = new ArrayList<>();
    for (int row = ROWS - 1; row >= 0; row--) {
      StringBuilder line = new StringBuilder("  │");
      for (double value : values) {
        double eighths = value / top * ROWS * 8 - row * 8;
        line.append(BLOCKS.charAt((int) Math.max(0, Math.min(8, Math.round(eighths)))));
      }
      rows.add(line.toString().stripTrailing());
    }
    rows.add("  └" + "─".repeat(COLUMNS));
    return rows;
  }
}
