package org.vidtomo.dashboard.api;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.vidtomo.core.playback.PlayableMedia;
import org.vidtomo.core.playback.SegmentedPlayback;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.Media;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.Stall;

/**
 * A download and its playing as curves, for a chart. Times are in microseconds since the media was
 * requested.
 *
 * @param throughput mean rate up to each time, in bit/s, from the time before
 * @param buffer media ahead of the picture, in microseconds; empty when that is not known
 */
record PlaybackPlot(
    List<Point> throughput,
    List<Point> buffer,
    List<Standstill> stalls,
    OptionalLong startupDelayMicros,
    OptionalLong encodedBitrateBps) {
  private static final int MAX_POINTS = 300;
  private static final long MIN_STEP_MICROS = 200_000;

  /** In JSON {@code [atMicros, value]}. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"atMicros", "value"})
  record Point(long atMicros, long value) {}

  /** The picture stood still from then on, for so long. */
  record Standstill(long atMicros, long durationMicros) {}

  static PlaybackPlot of(Report report) {
    OptionalLong bitrate =
        report.media().map(Media::encodedBitrateBps).orElse(OptionalLong.empty());
    OptionalLong startup =
        report.playback().map(Playback::startupDelayMicros).orElse(OptionalLong.empty());
    List<Standstill> stalls = report.playback().map(PlaybackPlot::stalls).orElse(List.of());
    if (report.download().isEmpty()) {
      return new PlaybackPlot(List.of(), List.of(), stalls, startup, bitrate);
    }
    Download download = report.download().get();
    List<Point> arrived = arrived(download);
    long end = arrived.isEmpty() ? 0 : arrived.get(arrived.size() - 1).atMicros();
    List<Point> buffer =
        report
            .playback()
            .flatMap(
                playback ->
                    available(download, report.media(), arrived)
                        .map(available -> buffer(available, playback, stalls, end)))
            .orElse(List.of());
    return new PlaybackPlot(
        throughput(arrived, Math.max(end, download.durationMicros())),
        buffer,
        stalls,
        startup,
        bitrate);
  }

  private static List<Standstill> stalls(Playback playback) {
    List<Standstill> found = new ArrayList<>();
    long standing = 0;
    for (Stall stall : playback.stalls()) {
      long at = playback.startupDelayMicros().orElse(0) + stall.mediaTimeMicros() + standing;
      found.add(new Standstill(at, stall.durationMicros()));
      standing += stall.durationMicros();
    }
    return found;
  }

  /** Bytes that were there at each time. */
  private static List<Point> arrived(Download download) {
    List<Point> points = new ArrayList<>();
    long at = 0;
    long bytes = 0;
    for (Arrival arrival : download.arrivals()) {
      at += arrival.deltaMicros();
      bytes += arrival.deltaBytes();
      points.add(new Point(at, bytes));
    }
    return points;
  }

  private static List<Point> throughput(List<Point> arrived, long end) {
    if (arrived.isEmpty() || end <= 0) {
      return List.of();
    }
    // Of equal length: a short last one would show a rate that never was.
    int steps = (int) Math.max(1, Math.min(MAX_POINTS, end / MIN_STEP_MICROS));
    List<Point> points = new ArrayList<>();
    points.add(new Point(0, 0));
    long beforeAt = 0;
    long before = 0;
    for (int step = 1; step <= steps; step++) {
      long at = end * step / steps;
      long bytes = valueAt(arrived, at);
      points.add(new Point(at, Math.round((bytes - before) * 8e6 / (at - beforeAt))));
      beforeAt = at;
      before = bytes;
    }
    return points;
  }

  /** Media that could be played at each time; empty when the report does not tell. */
  private static Optional<List<Point>> available(
      Download download, Optional<Media> media, List<Point> arrived) {
    if (download.segments().filter(s -> !s.isEmpty()).isPresent()) {
      return Optional.of(
          SegmentedPlayback.playable(download.segments().get()).stream()
              .map(p -> new Point(p.atMicros(), p.playableMicros()))
              .toList());
    }
    return media
        .flatMap(PlayableMedia::of)
        .map(
            playable ->
                arrived.stream()
                    .map(p -> new Point(p.atMicros(), playable.playableMicros(p.value())))
                    .toList());
  }

  private static List<Point> buffer(
      List<Point> available, Playback playback, List<Standstill> stalls, long downloadEnd) {
    TreeSet<Long> times = new TreeSet<>();
    playback.startupDelayMicros().ifPresent(times::add);
    for (Standstill stall : stalls) {
      times.add(stall.atMicros());
      times.add(stall.atMicros() + stall.durationMicros());
    }
    long playEnd =
        playback.startupDelayMicros().orElse(0)
            + playback.playedMicros()
            + playback.stalledMicros();
    long end = Math.max(downloadEnd, playback.startupDelayMicros().isPresent() ? playEnd : 0);
    long step = Math.max(MIN_STEP_MICROS, (end + MAX_POINTS - 1) / MAX_POINTS);
    for (long at = 0; at < end; at += step) {
      times.add(at);
    }
    times.add(end);
    return times.stream()
        .map(
            at -> new Point(at, Math.max(0, valueAt(available, at) - played(playback, stalls, at))))
        .toList();
  }

  private static long played(Playback playback, List<Standstill> stalls, long at) {
    if (playback.startupDelayMicros().isEmpty()) {
      return 0;
    }
    long standing = 0;
    for (Standstill stall : stalls) {
      standing += Math.max(0, Math.min(at - stall.atMicros(), stall.durationMicros()));
    }
    long running = at - playback.startupDelayMicros().getAsLong() - standing;
    return Math.max(0, Math.min(running, playback.playedMicros()));
  }

  /** The latest value up to a time; 0 before the first. */
  private static long valueAt(List<Point> rising, long at) {
    int low = 0;
    int high = rising.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rising.get(middle).atMicros() <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? 0 : rising.get(low - 1).value();
  }
}
