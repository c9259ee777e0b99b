package org.vidtomo.agent.locate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.ByteBudget;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.HttpEngine;
import org.vidtomo.agent.http.Names;
import org.vidtomo.agent.http.RawServer;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.agent.http.Requester;
import org.vidtomo.agent.http.UrlGuard;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.task.HttpProtocol;

class MediaLocatorTest {
  private static HttpEngine engine;

  @BeforeAll
  static void start() {
    engine = new HttpEngine(AddressGuard.ALL, Optional.empty(), Optional.empty(), System::nanoTime);
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  private static Located locate(String url, UrlGuard guard, ByteBudget budget, String quality) {
    Names names =
        (host, deadline) -> new Names.Resolved(List.of(InetAddress.getLoopbackAddress()), 1);
    Requester requester =
        new Requester(engine, names, guard, budget, List.of(), Optional.empty(), HttpProtocol.AUTO);
    return new MediaLocator(requester, guard, Optional.empty(), System::nanoTime)
        .locate(url, quality, 20, Deadline.after(System::nanoTime, Duration.ofSeconds(10)));
  }

  private static Located locate(Object url) {
    return locate(url.toString(), UrlGuard.ALL, ByteBudget.UNLIMITED, "best<=1080p");
  }

  private static Optional<FailureKind> kind(Located located) {
    return located.lookup().failure().map(f -> f.kind());
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void compressedPage_isRead() throws IOException {
    byte[] page = gzip("<video src=/a.mp4>".getBytes(StandardCharsets.UTF_8));
    try (RawServer server =
        RawServer.answering("HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n", page)) {
      Located located = locate(server.url("/watch/1"));
      assertThat(located.chosen().orElseThrow().url()).isEqualTo(server.url("/a.mp4"));
      assertThat(located.video().service()).isEqualTo("page");
    }
  }

  @Test
  void pageOfThreeMebibytes_isReadWhole() throws IOException {
    String html = ("<p>" + "filler ".repeat(10) + "</p>").repeat(40_000) + "<video src=/last.mp4>";
    byte[] page = gzip(html.getBytes(StandardCharsets.UTF_8));
    try (RawServer server =
        RawServer.answering("HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n", page)) {
      assertThat(html.length()).isGreaterThan(2 << 20);
      assertThat(locate(server.url("/watch/1")).chosen().orElseThrow().url().getPath())
          .isEqualTo("/last.mp4");
    }
  }

  @Test
  void listOfVideos_isNoVideo() {
    Located located = locate("https://www.youtube.com/@name");
    assertThat(kind(located)).contains(FailureKind.INVALID_URL);
    assertThat(located.lookup().failure().orElseThrow().detail()).contains("list of videos");
  }

  @Test
  void gzipBomb_costsNoMoreThanAPage() throws IOException {
    byte[] bomb = gzip(new byte[40 << 20]);
    try (RawServer server =
        RawServer.answering("HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n", bomb)) {
      assertThat(kind(locate(server.url("/watch/1")))).contains(FailureKind.MEDIA_NOT_FOUND);
    }
  }

  @Test
  void urlThatIsMediaByItsType_isAFileAndNotFetched() throws IOException {
    try (RawServer server =
        RawServer.answering("HTTP/1.1 200 OK\nContent-Type: video/mp4\n\n", new byte[1 << 20])) {
      Located located = locate(server.url("/play?id=7"));
      assertThat(located.video().service()).isEqualTo("file");
      assertThat(located.chosen().orElseThrow().container()).contains("mp4");
    }
  }

  @Test
  void urlThatIsMediaByItsBytes_isAFile() throws IOException {
    byte[] body = new byte[4000];
    System.arraycopy("\0\0\0\30ftypisom".getBytes(StandardCharsets.ISO_8859_1), 0, body, 0, 12);
    try (RawServer server =
        RawServer.answering("HTTP/1.1 200 OK\nContent-Type: application/octet-stream\n\n", body)) {
      assertThat(locate(server.url("/get")).video().service()).isEqualTo("file");
    }
  }

  @Test
  void pageOfHlsOnly_leadsToItsManifest() throws IOException {
    try (RawServer server =
        RawServer.answering(
            "HTTP/1.1 200 OK\n\n", "<video src=/live.m3u8>".getBytes(StandardCharsets.UTF_8))) {
      Located located = locate(server.url("/watch/1"));
      assertThat(located.chosen().orElseThrow().protocol()).isEqualTo("hls");
      assertThat(located.lookup().candidates()).hasSize(1);
    }
  }

  @Test
  void urlThatIsAPlaylistByItsBytes_isHls() throws IOException {
    byte[] body = "#EXTM3U\n#EXTINF:4,\n/a.ts\n".getBytes(StandardCharsets.UTF_8);
    try (RawServer server =
        RawServer.answering("HTTP/1.1 200 OK\nContent-Type: text/plain\n\n", body)) {
      Located located = locate(server.url("/get"));
      assertThat(located.video().service()).isEqualTo("hls");
      assertThat(located.chosen().orElseThrow().protocol()).isEqualTo("hls");
    }
  }

  @Test
  void pageCutShort_isReadAsFarAsItCame() throws IOException {
    try (RawServer server =
        RawServer.answering(
            "HTTP/1.1 200 OK\nContent-Length: 9999\n\n",
            "<video src=/a.mp4>".getBytes(StandardCharsets.UTF_8))) {
      assertThat(locate(server.url("/watch/1")).chosen()).isPresent();
    }
  }

  @Test
  void otherUrl_isInvalid() {
    assertThat(kind(locate("ftp://h.example/x"))).contains(FailureKind.INVALID_URL);
    assertThat(kind(locate("not a url"))).contains(FailureKind.INVALID_URL);
  }

  @Test
  void unknownQuality_isSaid() throws IOException {
    Located located =
        locate("http://h.example/a.mp4", UrlGuard.ALL, ByteBudget.UNLIMITED, "finest");
    assertThat(kind(located)).contains(FailureKind.UNSUPPORTED_MEDIA);
  }

  @Test
  void guardedUrl_isRefusedForPageAndFile() {
    UrlGuard none =
        (url, use) -> {
          throw new RefusedException(FailureKind.SITE_NOT_ALLOWED, "not on the list");
        };
    for (String url : List.of("http://h.example/watch/1", "http://h.example/a.mp4")) {
      assertThat(kind(locate(url, none, ByteBudget.UNLIMITED, "best")))
          .contains(FailureKind.SITE_NOT_ALLOWED);
    }
  }

  @Test
  void usedUpBudget_isADataCap() throws IOException {
    ByteBudget none =
        new ByteBudget() {
          @Override
          public void begin() {}

          @Override
          public long leftBytes() {
            return 0;
          }

          @Override
          public void spend(long bytes) {}
        };
    try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\n\n", new byte[0])) {
      assertThat(kind(locate(server.url("/w/1").toString(), UrlGuard.ALL, none, "best")))
          .contains(FailureKind.DATA_CAP);
      assertThat(server.heads()).isEmpty();
    }
  }
}
