package org.vidtomo.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.ByteBudget;
import org.vidtomo.agent.http.RawServer;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.agent.http.UrlGuard;
import org.vidtomo.agent.policy.AddressPolicy;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Report;

/** Manifests made to harm, or broken: each ends soon, with its own failure. */
class SegmentedHostileTest {
  private static TaskRunner runner;

  @BeforeAll
  static void start() {
    runner = Agents.runner(LocalSettings.DEFAULTS.withAllowPrivate());
  }

  @AfterAll
  static void stop() {
    runner.close();
  }

  private static Report measure(Object url) {
    Report report = Agents.measure(runner, url);
    assertThat(report.elapsedMicros()).isLessThan(20_000_000);
    return report;
  }

  @ParameterizedTest
  @CsvSource({
    "itself, malformed_manifest",
    "million, body_too_large",
    "million-xml, body_too_large",
    "deep, body_too_large",
    "bomb, malformed_manifest",
    "file, malformed_manifest",
    "negative, malformed_manifest",
    "html, malformed_manifest",
    "no-variant, malformed_manifest",
    "only-text, unsupported_media",
    "not-http, malformed_manifest",
    "dead-segment, connection_refused",
    "missing, http_status",
  })
  void manifest_endsInItsOwnFailure(String name, String kind) throws IOException {
    try (ManifestServer server = server()) {
      String ending = name.matches("million-xml|deep|bomb|file|only-text") ? ".mpd" : ".m3u8";
      Report report = measure(server.url("/" + name + ending));
      assertThat(report.failure().map(f -> f.kind().wireName())).contains(kind);
      assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    }
  }

  private static ManifestServer server() throws IOException {
    return new ManifestServer()
        .text("/itself.m3u8", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nitself.m3u8\n")
        .text("/million.m3u8", "#EXTM3U\n" + "#EXTINF:1,\na\n".repeat(300_000))
        .text("/million-xml.mpd", "<MPD>" + "<Period/>".repeat(300_000) + "</MPD>")
        .text("/deep.mpd", "<MPD>".repeat(500_000))
        .text(
            "/bomb.mpd",
            "<!DOCTYPE MPD [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
                + "<MPD><Period>&b;</Period></MPD>")
        .text(
            "/file.mpd",
            "<!DOCTYPE MPD [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><MPD><Period>&a;</Period></MPD>")
        .text("/negative.m3u8", "#EXTM3U\n#EXTINF:-10,\na.ts\n#EXT-X-ENDLIST\n")
        .text("/html.m3u8", "<html><body>Please log in</body></html>")
        .text("/no-variant.m3u8", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nftp://h/x\n")
        .text(
            "/only-text.mpd",
            "<MPD mediaPresentationDuration='PT4S'><Period><AdaptationSet mimeType='text/vtt'>"
                + "<Representation id='1'/></AdaptationSet></Period></MPD>")
        .text("/not-http.m3u8", "#EXTM3U\n#EXTINF:4,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n")
        .text(
            "/dead-segment.m3u8", "#EXTM3U\n#EXTINF:4,\nhttp://127.0.0.1:1/a.ts\n#EXT-X-ENDLIST\n");
  }

  @Test
  void playlistWithoutEnd_isCut() throws IOException {
    byte[] line = "#EXTINF:4,\na.ts\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
    try (RawServer endless =
        new RawServer(
            (socket, out) -> {
              out.write("HTTP/1.1 200 OK\r\n\r\n#EXTM3U\n".getBytes(StandardCharsets.UTF_8));
              while (!socket.isClosed()) {
                out.write(line);
              }
            })) {
      Report report = measure(endless.url("/a.m3u8"));
      assertThat(report.failure().map(f -> f.kind())).contains(FailureKind.BODY_TOO_LARGE);
      assertThat(report.download().orElseThrow().bytes()).isLessThan(20 << 20);
    }
  }

  @Test
  void tinySegmentsWithoutEnd_endInTimeAndFitTheReport() throws IOException {
    AtomicInteger number = new AtomicInteger();
    String list = "#EXTM3U\n" + "#EXTINF:0.001,\ns.ts\n".repeat(20_000) + "#EXT-X-ENDLIST\n";
    try (ManifestServer server =
        new ManifestServer()
            .text("/a.m3u8", list)
            .made("/s.ts", path -> new byte[1 + number.incrementAndGet() % 50])) {
      Report report = measure(server.url("/a.m3u8"));
      Download download = report.download().orElseThrow();
      assertThat(download.end()).isIn(DownloadEnd.TIME_LIMIT, DownloadEnd.BYTE_LIMIT);
      assertThat(report.playback()).isPresent();
    }
  }

  @Test
  void segmentElsewhere_passesTheOwnersGuards() throws IOException {
    UrlGuard notThere =
        (url, use) -> {
          if (url.getPath().endsWith(".ts")) {
            throw new RefusedException(FailureKind.SITE_NOT_ALLOWED, "not on the list");
          }
        };
    try (ManifestServer server =
            new ManifestServer().text("/a.m3u8", "#EXTM3U\n#EXTINF:4,\na.ts\n#EXT-X-ENDLIST\n");
        TaskRunner guarded = runner(notThere, AddressGuard.ALL)) {
      Report report = Agents.measure(guarded, server.url("/a.m3u8"));
      assertThat(report.failure().map(f -> f.kind())).contains(FailureKind.SITE_NOT_ALLOWED);
      assertThat(report.outcome()).isEqualTo(Outcome.REFUSED_BY_POLICY);
      assertThat(server.asked()).noneMatch(path -> path.contains("a.ts"));
    }
  }

  private static TaskRunner runner(UrlGuard urls, AddressGuard addresses) {
    return new TaskRunner(
        LocalSettings.DEFAULTS.withAllowPrivate(),
        new TaskRunner.Policy(addresses, urls, ByteBudget.UNLIMITED),
        Agents::info,
        ProgressListener.NONE,
        java.time.Clock.systemUTC(),
        System::nanoTime);
  }

  @Test
  void wholeFileInPlaceOfAPart_isRefusedAtItsHead() throws IOException {
    String list =
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n#EXT-X-BYTERANGE:10@0\nbig.ts\n#EXT-X-ENDLIST\n";
    try (RawServer ignoring =
        new RawServer(
            (socket, out) -> {
              out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
              out.write(new byte[1 << 20]);
            })) {
      try (ManifestServer server =
          new ManifestServer()
              .text("/a.m3u8", list.replace("big.ts", ignoring.url("/big.ts").toString()))) {
        Report report = measure(server.url("/a.m3u8"));
        assertThat(report.failure().map(f -> f.kind())).contains(FailureKind.HTTP_PROTOCOL);
      }
    }
  }

  /** Where clouds keep their secrets: allowed to no one, also not where test sites are. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/a.ts",
        "//169.254.169.254/a.ts",
        "http://[::ffff:169.254.169.254]/a.ts",
        "http://user@169.254.169.254:80/a.ts",
      })
  void segmentAtASpecialAddress_isNotConnectedTo(String segment) throws IOException {
    String list = "#EXTM3U\n#EXTINF:4,\nSEGMENT\n#EXT-X-ENDLIST\n";
    try (ManifestServer server =
            new ManifestServer()
                .text("/direct.m3u8", list.replace("SEGMENT", segment))
                .text("/moved.m3u8", list.replace("SEGMENT", "moved.ts"))
                .redirect("/moved.ts", segment);
        TaskRunner guarded = runner(UrlGuard.ALL, new AddressPolicy(true))) {
      for (String name : List.of("direct", "moved")) {
        Report report = Agents.measure(guarded, server.url("/" + name + ".m3u8"));
        assertThat(report.failure().map(f -> f.kind())).contains(FailureKind.PRIVATE_ADDRESS);
        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED_BY_POLICY);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "http://127.0.0.1:99999/a.ts", "ftp://h/a.ts"})
  void segmentThatMovedToNoHttpUrl_isAnInvalidRedirect(String location) throws IOException {
    try (ManifestServer server =
        new ManifestServer()
            .text("/a.m3u8", "#EXTM3U\n#EXTINF:4,\na.ts\n#EXT-X-ENDLIST\n")
            .redirect("/a.ts", location)) {
      assertThat(measure(server.url("/a.m3u8")).failure().map(f -> f.kind()))
          .contains(FailureKind.REDIRECT_INVALID);
    }
  }

  @Test
  void livePlaylistThatAsksForNoPause_isAskedForTwiceASecond() throws IOException {
    try (ManifestServer server =
        new ManifestServer()
            .text("/a.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:0.000001\n#EXTINF:4,\na.ts\n")
            .file("/a.ts", new byte[1000])) {
      assertThat(measure(server.url("/a.m3u8")).download().orElseThrow().end())
          .isEqualTo(DownloadEnd.TIME_LIMIT);
      // The download's five seconds, and what looked for the first segment before.
      assertThat(server.asked().stream().filter(path -> path.startsWith("/a.m3u8")).count())
          .isBetween(8L, 14L);
    }
  }

  @Test
  void faultOfOurOwn_takesNothingFromTheStepsBefore() throws IOException {
    UrlGuard faulty =
        (url, use) -> {
          if (url.getPath().endsWith(".ts")) {
            throw new IllegalArgumentException("made by the test");
          }
        };
    try (ManifestServer server =
            new ManifestServer().text("/a.m3u8", "#EXTM3U\n#EXTINF:4,\na.ts\n#EXT-X-ENDLIST\n");
        TaskRunner broken = runner(faulty, AddressGuard.ALL)) {
      Report report = Agents.measure(broken, server.url("/a.m3u8"));
      assertThat(report.failure().map(f -> f.kind()))
          .as("not what a network may have caused")
          .contains(FailureKind.UNKNOWN);
      assertThat(report.lookup()).isPresent();
      assertThat(report.hops()).hasSize(1);
    }
  }
}
