package org.vidtomo.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.vidtomo.agent.spool.SpooledReport;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.Video;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;

class ReportPackerTest {
  private final SigningKey key = SigningKey.generate();
  private final ReportPacker packer =
      new ReportPacker("a-1", key, () -> Set.of("203.0.113.7", "2001:db8::7"), Clock.systemUTC());

  @Test
  void report_isSignedOverTheCompressedBytes() throws Exception {
    Report report = report(List.of());

    SpooledReport packed = packer.pack(task(), report);

    assertThat(unpacked(packed)).isEqualTo(report);
    assertThat(packed.routingKey()).isEqualTo("a-1.ok");
    assertThat(packed.headers())
        .containsEntry("x-encoding", "gzip")
        .containsEntry("x-certificate", "certificate");
  }

  @Test
  void reportThatDoesNotNameTheAddress_doesNotHoldItElsewhere() throws Exception {
    Report report = report(List.of("https://v.example/?from=203.0.113.7&or=2001:db8::7"));

    Report sent = unpacked(packer.pack(task(), report));

    assertThat(sent.related())
        .containsExactly("https://v.example/?from=(address removed)&or=(address removed)");
  }

  @Test
  void reportThatIsTooLarge_isRefused() {
    byte[] noise = new byte[60_000];
    new Random(3).nextBytes(noise);
    String url = Base64.getUrlEncoder().encodeToString(noise);

    assertThatThrownBy(() -> packer.pack(task(), report(List.of(url))))
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

  private static Report report(List<String> related) {
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
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        related);
  }
}
