package org.vidtomo.agent.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.ForwardProxy;
import org.vidtomo.agent.http.HttpEngine;
import org.vidtomo.agent.http.RawServer;
import org.vidtomo.agent.http.Requesters;
import org.vidtomo.agent.http.ThrowawayCertificate;
import org.vidtomo.agent.http.TlsServer;
import org.vidtomo.agent.run.Agents;
import org.vidtomo.agent.run.LocalSettings;
import org.vidtomo.agent.run.TaskRunner;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Hop;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.HttpProtocol;
import org.vidtomo.testsite.media.Clip;
import org.vidtomo.testsite.media.Clips;

class RedirectTracerTest {
  @TempDir static Path folder;
  private static HttpEngine engine;
  private static ThrowawayCertificate certificate;
  private static Path authorities;

  @BeforeAll
  static void start() throws IOException {
    Instant now = Instant.now();
    certificate =
        ThrowawayCertificate.of("localhost", now.minusSeconds(3600), now.plusSeconds(3600));
    authorities = Files.writeString(folder.resolve("ca.pem"), certificate.certificatePem());
    engine = Requesters.engine();
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  private static Trace trace(URI url) {
    return new RedirectTracer(Requesters.direct(engine, HttpProtocol.AUTO))
        .trace(url, Deadline.after(System::nanoTime, Duration.ofSeconds(20)));
  }

  /** Answers the first request with a status and a Location, others with the media's head. */
  private static RawServer redirecting(int status, String location) throws IOException {
    return new RawServer(
        (socket, out) -> {
          // The client names the page it wants in the head, which is read already.
          out.write(
              ("HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n")
                  .formatted(status, location)
                  .getBytes());
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 307, 308})
  void redirect_ofEachStatusIsFollowedWithGet(int status) throws IOException {
    try (RawServer end =
            RawServer.answering("HTTP/1.1 206 Partial\nContent-Length: 2\n\n", new byte[2]);
        RawServer start = redirecting(status, end.url("/v.mp4").toString())) {
      Trace trace = trace(start.url("/a"));
      assertThat(trace.failure()).isEmpty();
      assertThat(trace.hops()).extracting(h -> h.status().orElse(0)).containsExactly(status, 206);
      assertThat(trace.last().orElseThrow().url()).isEqualTo(end.url("/v.mp4"));
      assertThat(end.heads().get(0))
          .startsWith("GET /v.mp4 ")
          .containsIgnoringCase("range: bytes=0-1");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {304, 305, 306})
  void otherStatus_isAFailure(int status) throws IOException {
    try (RawServer start = redirecting(status, "/elsewhere")) {
      assertThat(trace(start.url("/a")).failure().map(Failure::kind))
          .contains(FailureKind.HTTP_STATUS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "v.mp4, /x/y/v.mp4",
    "/v.mp4, /v.mp4",
    "../v.mp4, /x/v.mp4",
    "./../../v.mp4?a=1, /v.mp4?a=1",
    "?a=1, /x/y/z?a=1",
    "//localhost:PORT/v.mp4, /v.mp4",
    "HTTP://LOCALHOST:PORT/v.mp4, /v.mp4",
    "v.mp4#t=3, /x/y/v.mp4",
  })
  void location_isResolvedAgainstItsPage(String location, String target) throws IOException {
    URI[] self = new URI[1];
    try (RawServer server =
        new RawServer(
            (socket, out) ->
                out.write(
                    ("HTTP/1.1 302 Found\r\nLocation: "
                            + location.replace("PORT", "" + self[0].getPort())
                            + "\r\n\r\n")
                        .getBytes()))) {
      self[0] = server.url("/x/y/z?b=2");
      trace(self[0]);
      assertThat(server.heads().get(1)).startsWith("GET " + target + " HTTP/1.1");
    }
  }

  @Test
  void headers_thatTellOfCachesAreKept() throws IOException {
    try (RawServer server =
        RawServer.answering(
            """
            HTTP/1.1 200 OK
            Server: edge
            Via: 1.1 a, 1.1 b
            Age: 31
            X-Cache: HIT
            Cache-Control: max-age=60
            Alt-Svc: h3=":443"
            Accept-Ranges: bytes
            Content-Type: video/mp4
            Content-Length: 2
            Set-Cookie: secret=1

            """,
            new byte[2])) {
      assertThat(trace(server.url("/v.mp4")).hops().get(0).headers())
          .containsOnlyKeys(
              "server",
              "via",
              "age",
              "x-cache",
              "cache-control",
              "alt-svc",
              "accept-ranges",
              "content-type",
              "content-length")
          .containsEntry("via", "1.1 a, 1.1 b");
    }
  }

  @Test
  void chain_betweenHttpAndHttpsIsMeasuredWholeThroughAProxy() throws Exception {
    byte[] clip = Clips.load().bytes(Clip.MID).getBytes();
    try (RawServer media =
            RawServer.answering("HTTP/1.1 200 OK\nContent-Length: " + clip.length + "\n\n", clip);
        TlsServer middle =
            TlsServer.start(
                certificate,
                r ->
                    r.response()
                        .setStatusCode(301)
                        .putHeader("Location", media.url("/v.mp4").toString())
                        .end(Buffer.buffer()));
        RawServer first = redirecting(302, "https://localhost:" + middle.port() + "/m.mp4");
        ForwardProxy proxy = new ForwardProxy()) {
      LocalSettings settings =
          LocalSettings.DEFAULTS.withAllowPrivate().withCaCertificates(authorities);
      Report direct = measure(settings, first);
      assertThat(direct.hops()).extracting(Hop::proxied).containsOnly(Optional.empty());
      assertChain(direct, clip.length);

      Report proxied = measure(settings.withHttpProxy(proxy.url()), first);
      assertChain(proxied, clip.length);
      assertThat(proxied.hops()).extracting(Hop::proxied).containsOnly(Optional.of(true));
      assertThat(proxied.hops())
          .extracting(Hop::url)
          .isEqualTo(direct.hops().stream().map(Hop::url).toList());
      assertThat(proxy.requests())
          .as("every request: one for each hop, and the download")
          .containsExactly(
              "GET " + first.url("/a.mp4") + " HTTP/1.1",
              "CONNECT 127.0.0.1:" + middle.port() + " HTTP/1.1",
              "GET " + media.url("/v.mp4") + " HTTP/1.1",
              "GET " + media.url("/v.mp4") + " HTTP/1.1");
    }
  }

  private static Report measure(LocalSettings settings, RawServer first) {
    try (TaskRunner runner = Agents.runner(settings)) {
      return Agents.measure(runner, first.url("/a.mp4"));
    }
  }

  private static void assertChain(Report report, int bytes) {
    assertThat(report.failure()).isEmpty();
    List<Hop> hops = report.hops();
    assertThat(hops).extracting(h -> h.status().orElse(0)).containsExactly(302, 301, 200);
    assertThat(hops)
        .extracting(h -> h.protocol().orElse(""))
        .containsExactly("HTTP/1.1", "HTTP/2", "HTTP/1.1");
    assertThat(hops).extracting(h -> h.alpn().orElse("")).containsExactly("", "h2", "");
    assertThat(hops.get(1).tls().orElseThrow()).startsWith("TLSv1.3 TLS_");
    assertThat(hops.get(1).phases().tlsMicros()).isPresent();
    assertThat(hops.get(0).phases().tlsMicros()).isEmpty();
    assertThat(report.download().orElseThrow().end()).isEqualTo(DownloadEnd.END_OF_BODY);
    assertThat(report.download().orElseThrow().bytes()).isEqualTo(bytes);
  }
}
