package org.vidtomo.launcher.print;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.core.playback.PlayableMedia;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.playback.PlayerState;
import org.vidtomo.core.playback.SegmentedPlayback;
import org.vidtomo.core.playback.SegmentedPlayback.Playable;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.Media;

/** A download's throughput and the player's buffer over time, as wide as the terminal. */
final class ThroughputPlot {
  private static final int ROWS = 6;
  private static final int GUTTER = 14;
  private static final int WIDEST = 100;
  private static final String UNICODE = " ▁▂▃▄▅▆▇█";
  private static final String ASCII = " ...:::##";

  private final Terminal terminal;
  private final int columns;

  ThroughputPlot(Terminal terminal) {
    this.terminal = terminal;
    this.columns = Math.min(WIDEST, terminal.columns() - GUTTER - 2);
  }

  List<String> of(Download download, Optional<Media> media, PlayerBuffer buffer) {
    long span = Math.max(1, download.durationMicros());
    double[] rate = rates(download.arrivals(), span);
    OptionalLong bitrate = media.map(Media::encodedBitrateBps).orElse(OptionalLong.empty());
    List<String> lines = new ArrayList<>();
    lines.add("  throughput" + bitrate(bitrate));
    double top = Math.max(max(rate), 1);
    lines.addAll(rows(rate, top, Units.rate(Math.round(top)), bitrate));
    playable(download, media)
        .ifPresent(
            points -> {
              boolean[] stalled = new boolean[columns];
              double[] ahead = ahead(points, buffer, span, stalled);
              double most = Math.max(max(ahead), 1);
              lines.add("  buffer");
              lines.addAll(rows(ahead, most, Units.millis(Math.round(most)), OptionalLong.empty()));
              stalls(stalled, lines);
            });
    lines.add(times(span));
    return lines;
  }

  private String bitrate(OptionalLong bitrate) {
    return bitrate.isEmpty()
        ? ""
        : terminal.faint(
            " ("
                + terminal.pick("┄", "-")
                + " the media's "
                + Units.rate(bitrate.getAsLong())
                + ")");
  }

  /** Mean rate of each column, in bit/s; bytes belong to the time since those before them. */
  private double[] rates(List<Arrival> arrivals, long span) {
    double[] bits = new double[columns];
    double width = (double) span / columns;
    long before = 0;
    for (Arrival arrival : arrivals) {
      long at = before + arrival.deltaMicros();
      // After a silence they came at its end, not all along.
      double from = Math.max(before, at - width);
      spread(bits, from, at, arrival.deltaBytes() * 8.0, width);
      before = at;
    }
    for (int i = 0; i < columns; i++) {
      bits[i] *= 1e6 / width;
    }
    return bits;
  }

  private void spread(double[] bits, double from, double to, double sum, double width) {
    int first = column(from, width);
    int last = column(Math.max(from, to - 1e-9), width);
    for (int i = first; i <= last; i++) {
      double part =
          to <= from
              ? 1
              : (Math.min(to, (i + 1) * width) - Math.max(from, i * width)) / (to - from);
      bits[i] += sum * Math.max(0, part);
    }
  }

  private int column(double at, double width) {
    return (int) Math.max(0, Math.min(columns - 1, Math.floor(at / width)));
  }

  /** What can be played from when on, as the model plays it. */
  private static Optional<List<Playable>> playable(Download download, Optional<Media> media) {
    if (download.segments().isPresent()) {
      return download.segments().filter(s -> !s.isEmpty()).map(SegmentedPlayback::playable);
    }
    return media.flatMap(PlayableMedia::of).map(of -> playable(download.arrivals(), of));
  }

  private static List<Playable> playable(List<Arrival> arrivals, PlayableMedia media) {
    List<Playable> points = new ArrayList<>();
    long at = 0;
    long bytes = 0;
    for (Arrival arrival : arrivals) {
      at += arrival.deltaMicros();
      bytes += arrival.deltaBytes();
      points.add(new Playable(at, media.playableMicros(bytes)));
    }
    return points;
  }

  private double[] ahead(List<Playable> points, PlayerBuffer buffer, long span, boolean[] stalled) {
    double[] ahead = new double[columns];
    PlayerState state = PlayerState.start(buffer);
    int filled = 0;
    for (Playable point : points) {
      filled = fill(ahead, stalled, filled, state, point.atMicros(), span);
      state = state.step(point.atMicros(), point.playableMicros(), false);
    }
    fill(ahead, stalled, filled, state, Math.max(span, state.nowMicros()), span);
    return ahead;
  }

  private int fill(
      double[] ahead, boolean[] stalled, int from, PlayerState state, long until, long span) {
    int column = from;
    while (column < columns && span * (column + 1) / columns <= until) {
      long end = span * (column + 1) / columns;
      PlayerState then = state.advance(Math.max(end, state.nowMicros()));
      ahead[column] = then.bufferMicros();
      stalled[column] = then.phase() == PlayerState.Phase.STALLED;
      column++;
    }
    return column;
  }

  private void stalls(boolean[] stalled, List<String> lines) {
    StringBuilder line = new StringBuilder();
    boolean any = false;
    for (boolean each : stalled) {
      line.append(each ? terminal.pick("▀", "^") : " ");
      any |= each;
    }
    if (any) {
      lines.add(label("stalled") + " " + terminal.bad(line.toString().stripTrailing()));
    }
  }

  private static double max(double[] values) {
    return Arrays.stream(values).max().orElse(0);
  }

  private List<String> rows(double[] values, double top, String topLabel, OptionalLong reference) {
    String levels = terminal.pick(UNICODE, ASCII);
    int line = reference.isEmpty() ? -1 : (int) (reference.getAsLong() / top * ROWS);
    List<String> rows = new ArrayList<>();
    for (int row = ROWS - 1; row >= 0; row--) {
      StringBuilder text = new StringBuilder();
      for (double value : values) {
        double eighths = value / top * ROWS * 8 - row * 8;
        char level = levels.charAt((int) Math.max(0, Math.min(8, Math.round(eighths))));
        text.append(level == ' ' && row == line ? terminal.pick("┄", "-") : level);
      }
      String label = row == ROWS - 1 ? topLabel : row == 0 ? "0" : "";
      rows.add((label(label) + terminal.pick("│", "|") + text).stripTrailing());
    }
    return rows;
  }

  private static String label(String text) {
    return " ".repeat(Math.max(0, GUTTER - 1 - text.length())) + text + " ";
  }

  private String times(long span) {
    String end = Units.millis(span);
    return " ".repeat(GUTTER)
        + terminal.pick("└", "+")
        + terminal.pick("─", "-").repeat(Math.max(0, columns - end.length() - 1))
        + " "
        + end;
  }
}
