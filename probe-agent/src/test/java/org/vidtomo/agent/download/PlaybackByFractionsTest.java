package org.vidtomo.agent.download;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.vidtomo.agent.RealData;
import org.vidtomo.core.playback.PlayableMedia;
import org.vidtomo.core.playback.PlaybackModel;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.TimelinePoint;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.testkit.exact.ExactPlaying;
import org.vidtomo.testkit.exact.ExactPlaying.Delivery;
import org.vidtomo.testkit.exact.ExactPlaying.Thresholds;
import org.vidtomo.testkit.exact.Fraction;
import org.vidtomo.testkit.exact.LinkTrace;
import org.vidtomo.testkit.exact.LinkTrace.Stretch;

/** The playback model beside a calculation with fractions that was written without it. */
class PlaybackByFractionsTest {
  private static final long S = 1_000_000;
  private static final int CASES_OF_A_TRACE = 9;
  private static final int TRACES = 55;

  /** Of the trace's mean rate: hardly, sometimes, and often a stall. */
  private static final int[] BITRATE_PERCENT = {70, 95, 120};

  private static final List<PlayerBuffer> BUFFERS =
      List.of(
          new PlayerBuffer(2 * S, S / 10, S),
          new PlayerBuffer(S / 2, 0, 0),
          new PlayerBuffer(5 * S, S / 5, 3 * S));

  /** Steps between two looks of the recorder at the link. */
  private static final long READ_MICROS = 5_000;

  /** By so much the recorder may be late; and a microsecond for the last byte. */
  private static final double LATE_MICROS = 10_001;

  private record Case(LinkTrace trace, List<TimelinePoint> timeline, PlayerBuffer buffer) {
    long mediaBytes() {
      return timeline.get(timeline.size() - 1).bytes();
    }

    boolean whole() {
      return mediaBytes() <= trace.bytes();
    }

    DownloadEnd end() {
      return whole() ? DownloadEnd.END_OF_BODY : DownloadEnd.TIME_LIMIT;
    }
  }

  @Test
  void arrivals_of_any_kind_are_played_as_fractions_say() {
    Random random = new Random(20);
    for (int run = 0; run < 3_000; run++) {
      List<TimelinePoint> timeline = timeline(random);
      List<Arrival> arrivals = arrivals(random);
      long bytes = arrivals.stream().mapToLong(Arrival::deltaBytes).sum();
      long end = arrivals.stream().mapToLong(Arrival::deltaMicros).sum();
      DownloadEnd how = random.nextBoolean() ? DownloadEnd.END_OF_BODY : DownloadEnd.TIME_LIMIT;
      long limit = how == DownloadEnd.END_OF_BODY ? end : end + random.nextInt(3_000_000);
      long min = random.nextInt(4) == 0 ? 0 : random.nextInt(400_000);
      PlayerBuffer buffer =
          new PlayerBuffer(random.nextInt(2_000_000), min, min + random.nextInt(1_500_000));
      same("run " + run, buffer, arrivals, timeline, how, limit);
      assertThat(bytes).isPositive();
    }
  }

  @Test
  void real_traces_give_the_stalls_that_fractions_give() throws IOException {
    Path folder = RealData.folder("7-traces", TRACES * CASES_OF_A_TRACE).orElse(null);
    if (folder == null) {
      return;
    }
    List<Long> segmentBits = segmentBits(folder.resolve("sabre/bbb.json"));
    long stalls = 0;
    int cases = 0;
    int sameCount = 0;
    for (Path file : traces(folder)) {
      LinkTrace trace = trace(file);
      List<Arrival> recorded = recorded(trace);
      for (int percent : BITRATE_PERCENT) {
        List<TimelinePoint> timeline = timeline(segmentBits, trace, percent);
        for (PlayerBuffer buffer : BUFFERS) {
          String name = "%s at %d %%, %s".formatted(file.getFileName(), percent, buffer);
          Case each = new Case(trace, timeline, buffer);
          List<Arrival> arrivals = until(each, recorded);
          Playback ours = ours(each, arrivals);
          same(name, buffer, arrivals, timeline, each.end(), trace.millis() * 1000);
          ExactPlaying link = exact(each);
          near(name, ours, link, buffer);
          sameCount += ours.stallCount() == link.stalls().size() ? 1 : 0;
          stalls += ours.stallCount();
          cases++;
        }
      }
    }
    System.out.printf(
        "playback by fractions: %d cases with %d stalls equal to the microsecond; beside the link"
            + " before it was recorded in steps of 10 ms, %d with the same number of stalls%n",
        cases, stalls, sameCount);
    assertThat(cases).isGreaterThanOrEqualTo(CASES_OF_A_TRACE);
  }

  /** From the same arrivals: to the microsecond. */
  private static void same(
      String name,
      PlayerBuffer buffer,
      List<Arrival> arrivals,
      List<TimelinePoint> timeline,
      DownloadEnd how,
      long endMicros) {
    Playback ours =
        PlaybackModel.play(buffer, arrivals, PlayableMedia.of(timeline), how, endMicros);
    List<Delivery> deliveries = deliveries(arrivals, timeline);
    Thresholds thresholds = thresholds(buffer);
    ExactPlaying exact =
        how == DownloadEnd.END_OF_BODY
            ? ExactPlaying.toTheEnd(deliveries, thresholds)
            : ExactPlaying.until(Fraction.of(endMicros), deliveries, thresholds);
    assertThat(micros(ours)).as(name).isEqualTo(micros(exact));
  }

  private static List<Fraction> micros(ExactPlaying exact) {
    List<Fraction> all = new ArrayList<>();
    all.add(exact.startup().orElse(Fraction.of(-1)));
    all.add(exact.played());
    all.add(exact.stalled());
    exact
        .stalls()
        .forEach(
            stall -> {
              all.add(stall.mediaTime());
              all.add(stall.duration());
            });
    return all;
  }

  private static List<Fraction> micros(Playback ours) {
    List<Fraction> all = new ArrayList<>();
    all.add(Fraction.of(ours.startupDelayMicros().orElse(-1)));
    all.add(Fraction.of(ours.playedMicros()));
    all.add(Fraction.of(ours.stalledMicros()));
    ours.stalls()
        .forEach(
            stall -> {
              all.add(Fraction.of(stall.mediaTimeMicros()));
              all.add(Fraction.of(stall.durationMicros()));
            });
    return all;
  }

  /**
   * Beside the link itself. Recording makes bytes up to 10 ms late, and of two players of which one
   * has the bytes earlier none waits longer than that by more than restart above min: so far, and
   * no further, may a buffer that all but ran dry part them.
   */
  private static void near(String name, Playback ours, ExactPlaying link, PlayerBuffer buffer) {
    assertThat(ours.startupDelayMicros().isPresent()).isEqualTo(link.startup().isPresent());
    if (link.startup().isEmpty()) {
      return;
    }
    double startup = ours.startupDelayMicros().orElseThrow() - link.startup().get().toDouble();
    assertThat(startup).as("start of " + name).isBetween(-1.0, LATE_MICROS);
    double waiting = startup + ours.stalledMicros() - link.stalled().toDouble();
    double apart = LATE_MICROS + buffer.restartMicros() - buffer.minMicros();
    assertThat(waiting).as("waiting in " + name).isBetween(-apart, apart);
  }

  private static Playback ours(Case each, List<Arrival> arrivals) {
    return PlaybackModel.play(
        each.buffer(),
        arrivals,
        PlayableMedia.of(each.timeline()),
        each.end(),
        each.trace().millis() * 1000);
  }

  private static ExactPlaying exact(Case each) {
    List<Delivery> deliveries = new ArrayList<>();
    for (TimelinePoint point : each.timeline()) {
      if (point.bytes() * 8 <= each.trace().bytes() * 8) {
        deliveries.add(
            new Delivery(each.trace().whenMicros(point.bytes()), Fraction.of(point.mediaMicros())));
      }
    }
    return each.whole()
        ? ExactPlaying.toTheEnd(deliveries, thresholds(each.buffer()))
        : ExactPlaying.until(
            Fraction.of(each.trace().millis() * 1000), deliveries, thresholds(each.buffer()));
  }

  private static Thresholds thresholds(PlayerBuffer buffer) {
    return Thresholds.ofMicros(buffer.initialMicros(), buffer.minMicros(), buffer.restartMicros());
  }

  /** What of a timeline can be played after each arrival, found by walking along both. */
  private static List<Delivery> deliveries(List<Arrival> arrivals, List<TimelinePoint> timeline) {
    List<Delivery> deliveries = new ArrayList<>();
    long at = 0;
    long bytes = 0;
    long media = 0;
    int next = 0;
    for (int i = 0; i < arrivals.size(); i++) {
      at += arrivals.get(i).deltaMicros();
      bytes += arrivals.get(i).deltaBytes();
      long before = media;
      while (next < timeline.size() && timeline.get(next).bytes() <= bytes) {
        media = timeline.get(next++).mediaMicros();
      }
      if (media > before || i == arrivals.size() - 1) {
        deliveries.add(new Delivery(Fraction.of(at), Fraction.of(media)));
      }
    }
    return deliveries;
  }

  /** What the instrument notes of a link that is read every few milliseconds. */
  private static List<Arrival> recorded(LinkTrace trace) {
    ArrivalRecorder recorder = new ArrivalRecorder();
    long before = 0;
    for (long at = READ_MICROS; at <= trace.millis() * 1000; at += READ_MICROS) {
      long bytes = trace.bytesAt(at);
      if (bytes > before) {
        recorder.add(at, bytes - before);
        before = bytes;
      }
    }
    return recorder.arrivals();
  }

  /** The same, ending with the media's last byte. */
  private static List<Arrival> until(Case each, List<Arrival> recorded) {
    if (!each.whole()) {
      return recorded;
    }
    List<Arrival> arrivals = new ArrayList<>();
    long at = 0;
    long bytes = 0;
    for (Arrival arrival : recorded) {
      if (bytes + arrival.deltaBytes() >= each.mediaBytes()) {
        break;
      }
      at += arrival.deltaMicros();
      bytes += arrival.deltaBytes();
      arrivals.add(arrival);
    }
    long last = (long) Math.ceil(each.trace().whenMicros(each.mediaBytes()).toDouble());
    arrivals.add(new Arrival(Math.max(0, last - at), each.mediaBytes() - bytes));
    return arrivals;
  }

  /** Real segments of 3 s at a share of the trace's mean rate, four steps a second. */
  private static List<TimelinePoint> timeline(
      List<Long> segmentBits, LinkTrace trace, int percent) {
    double traceBps = trace.bytes() * 8000.0 / trace.millis();
    double segmentsBps = segmentBits.stream().mapToLong(b -> b).sum() / (segmentBits.size() * 3.0);
    double scale = traceBps * percent / 100 / segmentsBps;
    List<TimelinePoint> points = new ArrayList<>();
    long bytes = 0;
    long micros = 0;
    for (long bits : segmentBits) {
      long size = Math.max(12, (long) Math.ceil(bits * scale / 8));
      for (int step = 1; step <= 12; step++) {
        points.add(new TimelinePoint(bytes + size * step / 12, micros + step * S / 4));
      }
      bytes += size;
      micros += 3 * S;
    }
    return points;
  }

  private static List<TimelinePoint> timeline(Random random) {
    List<TimelinePoint> points = new ArrayList<>();
    long bytes = 0;
    long micros = 0;
    for (int i = 1 + random.nextInt(60); i > 0; i--) {
      bytes += 1 + random.nextInt(800);
      micros += random.nextInt(500_000);
      points.add(new TimelinePoint(bytes, micros));
    }
    return points;
  }

  private static List<Arrival> arrivals(Random random) {
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 1 + random.nextInt(40); i > 0; i--) {
      long micros = random.nextInt(5) == 0 ? 0 : random.nextInt(1_500_000);
      arrivals.add(new Arrival(micros, 1 + random.nextInt(1_500)));
    }
    return arrivals;
  }

  private static List<Long> segmentBits(Path file) throws IOException {
    List<Long> bits = new ArrayList<>();
    for (JsonNode segment : Wire.mapper().readTree(file.toFile()).get("segment_sizes_bits")) {
      bits.add(segment.get(4).asLong());
    }
    return bits;
  }

  private static List<Path> traces(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("sabre"))) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> !file.endsWith("bbb.json"))
          .sorted()
          .toList();
    }
  }

  private static LinkTrace trace(Path file) throws IOException {
    List<Stretch> stretches = new ArrayList<>();
    for (JsonNode each : Wire.mapper().readTree(file.toFile())) {
      if (each.get("duration_ms").asLong() > 0) {
        stretches.add(
            new Stretch(each.get("duration_ms").asLong(), each.get("bandwidth_kbps").asLong()));
      }
    }
    return new LinkTrace(stretches);
  }
}
