package org.vidtomo.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.vidtomo.agent.download.Downloaded;
import org.vidtomo.core.playback.PlayableMedia;
import org.vidtomo.core.playback.PlaybackModel;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Media;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Report;
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
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(Wire.toBytes(report));
    }
    assertThat(compressed.size()).isLessThanOrEqualTo(Report.MAX_COMPRESSED_BYTES);
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
}
