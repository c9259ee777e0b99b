package org.vidtomo.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.vidtomo.agent.spool.SpooledReport;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Media;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.TimelinePoint;
import org.vidtomo.core.report.Video;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;

class ReportPackerTest {
  private final SigningKey key = SigningKey.generate();
  private final ReportPacker packer =
      new ReportPacker("a-1", key, () -> Optional.of("the-ticket"), Clock.systemUTC());
  private final Random random = new Random(3);

  @Test
  void report_isSignedOverTheCompressedBytes() throws Exception {
    Report report = report(10, 10, List.of());

    SpooledReport packed = packer.pack(task(), report);

    assertThat(unpacked(packed)).isEqualTo(report);
    assertThat(packed.routingKey()).isEqualTo("a-1.ok");
    assertThat(packed.headers())
        .containsEntry("x-encoding", "gzip")
        .containsEntry("x-network-ticket", "the-ticket")
        .containsEntry("x-certificate", "certificate");
  }

  @Test
  void reportThatIsTooLarge_losesDetail_leastNeededFirst() throws Exception {
    Report report = report(3_000, 30_000, List.of("https://v.example/next"));

    Report sent = unpacked(packer.pack(task(), report));

    Media media = sent.media().orElseThrow();
    assertThat(media.timeline().orElseThrow()).hasSizeBetween(50, 29_999);
    List<TimelinePoint> before = report.media().orElseThrow().timeline().orElseThrow();
    assertThat(media.timeline().orElseThrow())
        .isSubsetOf(before)
        .startsWith(before.get(0))
        .endsWith(before.get(before.size() - 1));
    assertThat(sent.download()).isEqualTo(report.download());
    assertThat(sent.related()).isEqualTo(report.related());
  }

  @Test
  void arrivals_areMergedOnlyWhenNothingElseHelps_andKeepTheirSums() throws Exception {
    Report report = report(20_000, 0, List.of());

    Download sent = unpacked(packer.pack(task(), report)).download().orElseThrow();

    Download before = report.download().orElseThrow();
    assertThat(sent.arrivals()).hasSizeLessThan(before.arrivals().size());
    assertThat(sent.arrivals().get(0)).isEqualTo(before.arrivals().get(0));
    assertThat(sent.arrivals().stream().mapToLong(Arrival::deltaBytes).sum())
        .isEqualTo(before.arrivals().stream().mapToLong(Arrival::deltaBytes).sum());
    assertThat(sent.arrivals().stream().mapToLong(Arrival::deltaMicros).sum())
        .isEqualTo(before.arrivals().stream().mapToLong(Arrival::deltaMicros).sum());
  }

  @Test
  void reportThatCannotBeMadeSmaller_isRefused() {
    byte[] noise = new byte[60_000];
    random.nextBytes(noise);
    String url = Base64.getUrlEncoder().encodeToString(noise);

    assertThatThrownBy(() -> packer.pack(task(), report(1, 0, List.of(url))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("32768");
  }

  private Report unpacked(SpooledReport packed) throws Exception {
    assertThat(packed.body().length).isLessThanOrEqualTo(Report.MAX_COMPRESSED_BYTES);
    byte[] body = SignedMessage.of(packed.body(), packed.headers()).verify(key.publicKey());
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return Wire.read(gzip.readAllBytes(), Report.class);
    }
  }

  private static VerifiedAssignment task() {
    Assignment assignment =
        new Assignment(
            1,
            UUID.randomUUID(),
            1,
            UUID.randomUUID(),
            0,
            0,
            "a-1",
            "any",
            0,
            Instant.EPOCH,
            Instant.EPOCH,
            "https://v.example/",
            MeasurementParameters.DEFAULTS);
    return new VerifiedAssignment(assignment, "a.b.c", "certificate");
  }

  private Report report(int arrivals, int points, List<String> related) {
    return new Report(
        1,
        UUID.randomUUID(),
        Instant.EPOCH,
        1,
        Optional.of(task().inReport()),
        new AgentInfo(
            "a-1",
            "vidtomo/1",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            "ipv4"),
        new Video("https://v.example/", "page", Optional.empty(), Optional.empty()),
        Outcome.OK,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.of(download(arrivals)),
        Optional.of(media(points)),
        Optional.empty(),
        related);
  }

  private Download download(int arrivals) {
    List<Arrival> list = new ArrayList<>();
    for (int i = 0; i < arrivals; i++) {
      list.add(new Arrival(5_000 + random.nextInt(5_000), 1 + random.nextInt(65_536)));
    }
    return new Download(
        "https://v.example/m",
        "192.0.2.1",
        "HTTP/1.1",
        OptionalLong.empty(),
        1,
        1,
        DownloadEnd.END_OF_BODY,
        1,
        OptionalLong.empty(),
        1,
        list,
        Optional.empty(),
        Optional.empty());
  }

  private Media media(int points) {
    List<TimelinePoint> list = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < points; i++) {
      bytes += 1 + random.nextInt(50_000);
      list.add(new TimelinePoint(bytes, 40_000L * (i + 1)));
    }
    return new Media(
        "mp4",
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        points == 0 ? Optional.empty() : Optional.of(list));
  }
}
