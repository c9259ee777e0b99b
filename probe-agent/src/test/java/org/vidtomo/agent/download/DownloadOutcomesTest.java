package org.vidtomo.agent.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.HttpEngine;
import org.vidtomo.agent.http.RawServer;
import org.vidtomo.agent.http.Requesters;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.task.HttpProtocol;
import org.vidtomo.testsite.media.Clip;
import org.vidtomo.testsite.media.Clips;

/** What becomes of a download, one test for each way that a server may answer. */
class DownloadOutcomesTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static byte[] clip;
  private static HttpEngine engine;

  @BeforeAll
  static void start() {
    clip = Clips.load().bytes(Clip.MID).getBytes();
    engine = Requesters.engine();
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  private static Downloaded download(RawServer.Script script, Duration limit, long limitBytes)
      throws IOException {
    try (RawServer server = new RawServer(script)) {
      return new Downloader(Requesters.direct(engine, HttpProtocol.AUTO))
          .download(
              server.url("/v.mp4"),
              server.endpoint(),
              limit,
              limitBytes,
              OptionalLong.empty(),
              (bytes, micros) -> {},
              Deadline.after(System::nanoTime, LIMIT));
    }
  }

  private static Downloaded answered(String head, byte[] body) throws IOException {
    return download(
        (socket, out) -> {
          out.write(head.replace("\n", "\r\n").getBytes());
          out.write(body);
        },
        LIMIT,
        Long.MAX_VALUE);
  }

  private static void assertWhole(Downloaded done) {
    assertThat(done.failure()).isEmpty();
    assertThat(done.end()).isEqualTo(DownloadEnd.END_OF_BODY);
    assertThat(done.bytes()).isEqualTo(clip.length);
    assertThat(done.arrivals().stream().mapToLong(Arrival::deltaBytes).sum())
        .isEqualTo(clip.length);
    assertThat(done.media().orElseThrow().container()).isEqualTo("mp4");
    assertThat(done.media().orElseThrow().timeline()).isPresent();
  }

  private static void assertFailed(Downloaded done, FailureKind kind) {
    assertThat(done.end()).isEqualTo(DownloadEnd.FAILED);
    assertThat(done.failure().map(f -> f.kind())).contains(kind);
  }

  @Test
  void length_isTheBodysEnd() throws IOException {
    assertWhole(answered("HTTP/1.1 200 OK\nContent-Length: " + clip.length + "\n\n", clip));
  }

  @Test
  void noLength_endsWithTheConnection() throws IOException {
    assertWhole(answered("HTTP/1.1 200 OK\n\n", clip));
  }

  @Test
  void chunks_areCountedWithoutTheirFrames() throws IOException {
    ByteArrayOutputStream chunked = new ByteArrayOutputStream();
    for (int at = 0; at < clip.length; at += 30_000) {
      int length = Math.min(30_000, clip.length - at);
      chunked.writeBytes((Integer.toHexString(length) + "\r\n").getBytes());
      chunked.write(clip, at, length);
      chunked.writeBytes("\r\n".getBytes());
    }
    chunked.writeBytes("0\r\n\r\n".getBytes());
    assertWhole(answered("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n", chunked.toByteArray()));
  }

  @Test
  void partThatNoOneAskedFor_isDownloadedAsThePartItIs() throws IOException {
    Downloaded done =
        answered(
            "HTTP/1.1 206 Partial Content\nContent-Length: %d\nContent-Range: bytes 0-%d/%d\n\n"
                .formatted(clip.length, clip.length - 1, clip.length),
            clip);
    assertWhole(done);
  }

  @Test
  void encodedBody_isCountedAsItCameAndHasNoMedia() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(clip);
    }
    Downloaded done =
        answered(
            "HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: " + zipped.size() + "\n\n",
            zipped.toByteArray());
    assertThat(done.end()).isEqualTo(DownloadEnd.END_OF_BODY);
    assertThat(done.bytes()).isEqualTo(zipped.size());
    assertThat(done.media()).isEmpty();
  }

  @Test
  void rangeThatCannotBe_isAStatus() throws IOException {
    assertFailed(
        answered("HTTP/1.1 416 Range Not Satisfiable\nContent-Length: 0\n\n", new byte[0]),
        FailureKind.HTTP_STATUS);
  }

  @Test
  void noContent_isAnEmptyBody() throws IOException {
    assertFailed(answered("HTTP/1.1 204 No Content\n\n", new byte[0]), FailureKind.BODY_TRUNCATED);
  }

  @Test
  void bodyCutShort_keepsWhatCame() throws IOException {
    Downloaded done =
        answered("HTTP/1.1 200 OK\nContent-Length: " + 2 * clip.length + "\n\n", clip);
    assertFailed(done, FailureKind.BODY_TRUNCATED);
    assertThat(done.bytes()).isEqualTo(clip.length);
    assertThat(done.media().orElseThrow().timeline()).isPresent();
  }

  @Test
  void reset_keepsWhatCame() throws IOException {
    Downloaded done =
        download(
            (socket, out) -> {
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n".getBytes());
              out.write(clip, 0, 50_000);
              out.flush();
              Thread.sleep(300);
              socket.setSoLinger(true, 0);
            },
            LIMIT,
            Long.MAX_VALUE);
    assertFailed(done, FailureKind.CONNECTION_RESET);
    assertThat(done.bytes()).isEqualTo(50_000);
  }

  @Test
  void trickle_endsAtTheTimeLimitWithItsRate() throws IOException {
    Duration limit = Duration.ofMillis(2600);
    Downloaded done =
        download(
            (socket, out) -> {
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n".getBytes());
              while (!socket.isClosed()) {
                out.write(new byte[100]);
                out.flush();
                Thread.sleep(50);
              }
            },
            limit,
            Long.MAX_VALUE);
    assertThat(done.failure()).isEmpty();
    assertThat(done.end()).isEqualTo(DownloadEnd.TIME_LIMIT);
    assertThat(done.durationMicros()).isGreaterThanOrEqualTo(limit.toMillis() * 1000 - 1000);
    Download download = done.atResolution(10_000);
    assertThat(download.goodputBps())
        .isEqualTo(Math.round(done.bytes() * 8e6 / done.durationMicros()));
    assertThat(download.steadyGoodputBps()).isPresent();
    // The mean may hold one write of 100 bytes more than any whole second does.
    assertThat(download.maxInstantBps()).isGreaterThanOrEqualTo(download.goodputBps() - 800);
  }

  @Test
  void byteLimit_isKeptToTheByte() throws IOException {
    Downloaded done =
        download(
            (socket, out) -> {
              out.write(
                  ("HTTP/1.1 200 OK\r\nContent-Length: " + clip.length + "\r\n\r\n").getBytes());
              out.write(clip);
            },
            LIMIT,
            100_000);
    assertThat(done.end()).isEqualTo(DownloadEnd.BYTE_LIMIT);
    assertThat(done.bytes()).isEqualTo(100_000);
    assertThat(done.failure()).isEqualTo(Optional.empty());
  }
}
