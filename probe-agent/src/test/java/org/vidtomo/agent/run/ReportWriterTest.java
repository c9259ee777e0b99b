package org.vidtomo.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.vidtomo.agent.download.Downloaded;
import org.vidtomo.agent.download.Segments;
import org.vidtomo.agent.redirect.Trace;
import org.vidtomo.core.metric.Goodput;
import org.vidtomo.core.playback.PlayableMedia;
import org.vidtomo.core.playback.PlaybackModel;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.DnsAddress;
import org.vidtomo.core.report.DnsLookup;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Hop;
import org.vidtomo.core.report.Media;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Phases;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.Segment;
import org.vidtomo.core.report.TimelinePoint;
import org.vidtomo.core.wire.Wire;

class ReportWriterTest {
  private static Report write(Findings findings) {
    return ReportWriter.write(findings, Verdict.OK, Agents.info(), new UUID(1, 2), 1_000_000);
  }

  private static Findings findings(Downloaded download) {
    MeasurementRequest request =
        new MeasurementRequest("http://h.example/1", Agents.parameters(), Optional.empty());
    return Findings.none(request, Instant.EPOCH).with(download);
  }

  /** Two minutes of arrivals as irregular as can be. */
  private static Downloaded longDownload(OptionalLong duration) {
    return download(119_000_000, duration, Optional.empty());
  }

  private static Downloaded download(
      long micros, OptionalLong duration, Optional<List<TimelinePoint>> timeline) {
    Random random = new Random(5);
    List<Arrival> arrivals = new ArrayList<>();
    long time = 0;
    long bytes = 0;
    while (time < micros) {
      Arrival arrival = new Arrival(5_000 + random.nextInt(5_000), random.nextInt(50_000));
      arrivals.add(arrival);
      time += arrival.deltaMicros();
      bytes += arrival.deltaBytes();
    }
    return new Downloaded(
        "http://h.example/v.webm",
        "192.0.2.1",
        "HTTP/1.1",
        OptionalLong.of(1000),
        120_000_000,
        bytes,
        DownloadEnd.TIME_LIMIT,
        arrivals,
        Optional.of(
            new Media(
                "webm",
                duration,
                OptionalLong.of(2 * bytes),
                OptionalLong.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                timeline)),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void longDownload_fitsAndGivesItsPlaybackAgain() throws IOException {
    Downloaded download = longDownload(OptionalLong.of(600_000_000));
    Report report = write(findings(download));
    assertThat(compressed(report)).isLessThanOrEqualTo(Report.MAX_COMPRESSED_BYTES);
    assertThat(report.download().orElseThrow().arrivals())
        .hasSizeLessThan(download.arrivals().size());
    assertThat(report.download().orElseThrow().bytes()).isEqualTo(download.bytes());
    Media media = report.media().orElseThrow();
    assertThat(report.playback())
        .contains(
            PlaybackModel.play(
                PlayerBuffer.of(Agents.parameters()),
                report.download().orElseThrow().arrivals(),
                PlayableMedia.ofMeanBitrate(
                    media.bytes().getAsLong(), media.durationMicros().getAsLong()),
                DownloadEnd.TIME_LIMIT,
                120_000_000));
    assertThat(write(findings(download))).isEqualTo(report);
  }

  @Test
  void usualDownload_keepsItsFullResolution() {
    Random random = new Random(9);
    List<TimelinePoint> timeline = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < 600; i++) {
      bytes += 1 + random.nextInt(200_000);
      timeline.add(new TimelinePoint(bytes, 100_000L * i + random.nextInt(40_000)));
    }
    Downloaded download = download(30_000_000, OptionalLong.of(60_000_000), Optional.of(timeline));
    assertThat(write(findings(download)).download().orElseThrow().arrivals())
        .isEqualTo(download.arrivals());
  }

  @Test
  void mediaOfUnknownLength_hasNoPlayback() {
    Report report = write(findings(longDownload(OptionalLong.empty())));
    assertThat(report.playback()).isEmpty();
    assertThat(report.media()).isPresent();
  }

  @Test
  void verdict_followsWhoseDoingItWas() {
    assertThat(verdict(FailureKind.CONNECT_TIMEOUT)).isEqualTo(Outcome.FAILED);
    assertThat(verdict(FailureKind.GEO_BLOCKED)).isEqualTo(Outcome.BLOCKED_BY_SERVICE);
    assertThat(verdict(FailureKind.PRIVATE_ADDRESS)).isEqualTo(Outcome.REFUSED_BY_POLICY);
    assertThat(verdict(FailureKind.MEDIA_NOT_FOUND)).isEqualTo(Outcome.FAILED);
    assertThat(Verdict.of(Optional.empty()).outcome()).isEqualTo(Outcome.OK);
  }

  private static Outcome verdict(FailureKind kind) {
    return Verdict.of(Optional.of(new Failure(kind, "x", "y"))).outcome();
  }

  private static int compressed(Report report) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(Wire.toBytes(report));
    }
    return compressed.size();
  }

  private static String noise(Random random, int length) {
    return random.ints(length, '!', '~').mapToObj(c -> "" + (char) c).collect(Collectors.joining());
  }

  /** All that servers can say, as long as it may be and without any pattern. */
  private static Findings talkative(Downloaded download) {
    Random random = new Random(3);
    List<Hop> hops = new ArrayList<>();
    for (int i = 0; i < 42; i++) {
      Map<String, String> headers = new TreeMap<>();
      for (int h = 0; h < 11; h++) {
        headers.put("h" + h, noise(random, 1000));
      }
      hops.add(
          new Hop(
              i,
              "http://h.example/" + noise(random, 8000).replace('?', '/'),
              "GET",
              OptionalInt.of(302),
              Optional.of(noise(random, 1000)),
              Optional.of("192.0.2.1"),
              Optional.of("HTTP/1.1"),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Phases.NONE,
              headers,
              Optional.empty()));
    }
    List<DnsLookup> dns = new ArrayList<>();
    for (int i = 0; i < 168; i++) {
      List<DnsAddress> addresses =
          random
              .ints(64)
              .mapToObj(n -> new DnsAddress("2001:db8::" + Integer.toHexString(n), n & 0xffff))
              .toList();
      List<String> cnames =
          java.util.stream.Stream.generate(() -> noise(random, 250)).limit(64).toList();
      dns.add(
          new DnsLookup("h" + i + ".example", "system", addresses, cnames, 1, Optional.empty()));
    }
    Trace trace = new Trace(hops, List.of(), List.of(), Optional.empty());
    return findings(download).with(trace).withDns(dns, List.of());
  }

  @Test
  void serversThatSayTooMuch_areCutAndTheMeasurementIsKept() throws IOException {
    Downloaded download = longDownload(OptionalLong.of(600_000_000));
    Report report = write(talkative(download));
    assertThat(compressed(report)).isLessThanOrEqualTo(Report.MAX_COMPRESSED_BYTES);
    assertThat(report.hops()).isNotEmpty();
    assertThat(report.hops().get(report.hops().size() - 1).index()).isEqualTo(41);
    assertThat(report.download().orElseThrow().bytes()).isEqualTo(download.bytes());
    assertThat(report.playback())
        .isEqualTo(
            PlaybackModel.replay(
                PlayerBuffer.of(Agents.parameters()),
                report.download().orElseThrow(),
                report.media()));
  }

  @Test
  void segmentsThatCannotBePutTogether_giveWay() throws IOException {
    Random random = new Random(4);
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      segments.add(
          new Segment(
              "http://h.example/" + random.nextInt(),
              Optional.empty(),
              "r" + i,
              i * 50_000L,
              50_000,
              i * 50_000L + random.nextInt(9_000),
              i * 50_000L + 10_000 + random.nextInt(9_000),
              i * 50_000L + 20_000 + random.nextInt(9_000),
              random.nextInt(100_000),
              200));
    }
    Downloaded plain = longDownload(OptionalLong.empty());
    Downloaded download =
        new Downloaded(
            plain.url(),
            plain.address(),
            plain.protocol(),
            plain.timeToFirstByteMicros(),
            plain.durationMicros(),
            plain.bytes(),
            plain.end(),
            plain.arrivals(),
            plain.media(),
            Optional.of(new Segments(segments, Goodput.of(plain.arrivals(), 120_000_000))),
            Optional.empty());
    Report report = write(findings(download));
    assertThat(compressed(report)).isLessThanOrEqualTo(Report.MAX_COMPRESSED_BYTES);
    assertThat(report.download().orElseThrow().segments()).isEmpty();
    assertThat(report.playback()).isPresent();
  }
}
