package org.vidtomo.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vidtomo.agent.run.Agents;
import org.vidtomo.agent.run.LocalSettings;
import org.vidtomo.agent.run.TaskRunner;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Hop;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.HttpProtocol;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.testkit.Caddy;
import org.vidtomo.testsite.media.Clip;
import org.vidtomo.testsite.media.Clips;

/** Whole measurements of one clip from a real server of all three versions of HTTP. */
class CaddyTest {
  @TempDir static Path folder;
  private static Caddy all;
  private static Caddy withoutHttp3;
  private static TaskRunner runner;

  @BeforeAll
  static void start() throws IOException {
    Instant now = Instant.now();
    ThrowawayCertificate own =
        ThrowawayCertificate.of("localhost", now.minusSeconds(3600), now.plusSeconds(3600));
    Path certificate = Files.writeString(folder.resolve("cert.pem"), own.certificatePem());
    Path key = Files.writeString(folder.resolve("key.pem"), own.keyPem());
    Path root = Files.createDirectories(folder.resolve("www"));
    Files.write(root.resolve("v.mp4"), Clips.load().bytes(Clip.MID).getBytes());
    Path flooded = Files.createDirectories(root.resolve(Caddy.HEADER_FLOOD.substring(1)));
    Files.write(flooded.resolve("v.mp4"), new byte[1000]);
    all = caddy("all", root, certificate, key, "h1", "h2", "h3");
    withoutHttp3 = caddy("without", root, certificate, key, "h1", "h2");
    runner =
        Agents.runner(LocalSettings.DEFAULTS.withAllowPrivate().withCaCertificates(certificate));
  }

  private static Caddy caddy(
      String name, Path root, Path certificate, Path key, String... protocols) throws IOException {
    return Caddy.start(
        Files.createDirectories(folder.resolve(name)), root, certificate, key, protocols);
  }

  @AfterAll
  static void stop() {
    runner.close();
    all.close();
    withoutHttp3.close();
  }

  private static Report measure(Caddy caddy, HttpProtocol protocol) {
    return runner.measure(Agents.over(protocol, "https://localhost:" + caddy.port() + "/v.mp4"));
  }

  private static void assertMeasuredOver(
      Caddy caddy, HttpProtocol asked, String protocol, String alpn) {
    Report report = measure(caddy, asked);
    assertThat(report.failure()).isEmpty();
    Hop hop = report.hops().get(0);
    assertThat(hop.protocol()).contains(protocol);
    assertThat(hop.alpn().orElse("")).isEqualTo(alpn);
    assertThat(hop.tls().orElseThrow()).startsWith("TLSv1.3 TLS_");
    assertThat(hop.http3Failure()).isEmpty();
    assertThat(hop.phases().connectMicros()).isPresent();
    assertThat(hop.phases().processingMicros()).isPresent();
    Download download = report.download().orElseThrow();
    assertThat(download.protocol()).isEqualTo(protocol);
    assertThat(download.bytes()).isEqualTo(Clips.load().bytes(Clip.MID).length());
    assertThat(download.address()).isEqualTo("127.0.0.1");
    assertThat(download.timeToFirstByteMicros()).isPresent();
    assertThat(report.playback()).isPresent();
  }

  @Test
  void http11_isRecorded() {
    // Nothing is offered where there is nothing to choose from.
    assertMeasuredOver(all, HttpProtocol.HTTP_1_1, "HTTP/1.1", "");
  }

  @Test
  void http2_isRecorded() {
    assertMeasuredOver(all, HttpProtocol.HTTP_2, "HTTP/2", "h2");
  }

  @Test
  void automatic_isHttp2() {
    assertMeasuredOver(all, HttpProtocol.AUTO, "HTTP/2", "h2");
  }

  @Test
  void http3_isRecordedWithOneHandshake() {
    assertMeasuredOver(all, HttpProtocol.HTTP_3, "HTTP/3", "h3");
    assertThat(measure(all, HttpProtocol.HTTP_3).hops().get(0).phases().tlsMicros()).isEmpty();
  }

  @Test
  void http3_thatDoesNotAnswerFallsBackAndSaysSo() throws WireException {
    Report report = measure(withoutHttp3, HttpProtocol.HTTP_3);
    assertThat(report.failure()).isEmpty();
    assertThat(report.hops().get(0).protocol()).contains("HTTP/2");
    assertThat(report.download().orElseThrow().protocol()).isEqualTo("HTTP/2");
    Failure why = report.hops().get(0).http3Failure().orElseThrow();
    assertThat(why.kind()).isIn(FailureKind.CONNECT_TIMEOUT, FailureKind.CONNECTION_REFUSED);
    assertThat(Wire.read(Wire.toBytes(report), Report.class)).isEqualTo(report);
  }

  @ParameterizedTest
  @EnumSource(value = HttpProtocol.class, mode = EnumSource.Mode.EXCLUDE, names = "HTTP_3")
  void headerFlood_isTooLarge(HttpProtocol protocol) {
    assertThat(flooded(protocol)).isEqualTo(FailureKind.HEADERS_TOO_LARGE);
  }

  /** The client closes the connection, and does not say why. */
  @Test
  void headerFloodOverHttp3_isCut() {
    assertThat(flooded(HttpProtocol.HTTP_3)).isEqualTo(FailureKind.CONNECTION_RESET);
  }

  private static FailureKind flooded(HttpProtocol protocol) {
    String url = "https://localhost:" + all.port() + Caddy.HEADER_FLOOD + "/v.mp4";
    Report report = runner.measure(Agents.over(protocol, url));
    assertThat(report.hops()).hasSize(1);
    return report.failure().orElseThrow().kind();
  }

  @Test
  void http3_keepsToTheAuthorities() throws IOException {
    try (TaskRunner others = Agents.runner(LocalSettings.DEFAULTS.withAllowPrivate())) {
      Report report =
          others.measure(
              Agents.over(HttpProtocol.HTTP_3, "https://localhost:" + all.port() + "/v.mp4"));
      assertThat(report.failure().map(Failure::kind)).contains(FailureKind.TLS_CERTIFICATE);
    }
  }
}
