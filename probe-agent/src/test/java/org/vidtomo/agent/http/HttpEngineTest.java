package org.vidtomo.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.task.HttpProtocol;

class HttpEngineTest {
  private static final Duration LIMIT = Duration.ofMillis(700);
  // What a limit may be overrun by on a machine that does other things as well.
  private static final Duration SLACK = Duration.ofMillis(900);

  private static HttpEngine engine;

  @BeforeAll
  static void start() {
    engine = new HttpEngine(AddressGuard.ALL, Optional.empty(), Optional.empty(), System::nanoTime);
    Warmup.once(System::nanoTime);
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  private static final class Counting implements BodySink {
    long bytes;
    long limit = Long.MAX_VALUE;

    @Override
    public boolean head(ResponseHead head, long elapsedMicros) {
      return true;
    }

    @Override
    public boolean bytes(ByteBuffer chunk, long elapsedMicros) {
      bytes += chunk.remaining();
      return bytes < limit;
    }
  }

  private static Exchange get(RawServer server, BodySink sink) {
    return engine.exchange(
        request(server.url("/v.mp4"), server.endpoint()),
        sink,
        Deadline.after(System::nanoTime, Duration.ofSeconds(10)));
  }

  private static ExchangeRequest request(URI url, Endpoint endpoint) {
    return new ExchangeRequest(url, endpoint, HttpProtocol.AUTO, Map.of(), Optional.of(LIMIT));
  }

  private static Optional<FailureKind> kind(Exchange exchange) {
    return exchange.failure().map(f -> f.kind());
  }

  @Test
  void wholeBody_isCountedAndTimed() throws IOException {
    try (RawServer server =
        RawServer.answering(
            "HTTP/1.1 200 OK\nContent-Length: 5\nX-A: 1\nX-A: 2\n\n", new byte[5])) {
      Counting sink = new Counting();
      Exchange exchange = get(server, sink);
      assertThat(exchange.end()).isEqualTo(Exchange.End.COMPLETE);
      assertThat(sink.bytes).isEqualTo(5);
      assertThat(exchange.protocol()).contains("HTTP/1.1");
      assertThat(exchange.head().orElseThrow().header("x-a")).contains("1, 2");
      assertThat(exchange.phases().connectMicros()).isPresent();
      assertThat(exchange.phases().processingMicros()).isPresent();
      assertThat(exchange.phases().transferMicros()).isPresent();
      assertThat(exchange.phases().tlsMicros()).isEmpty();
    }
  }

  @Test
  void requestLineAndHost_areThoseOfTheUrl() throws IOException {
    try (RawServer server = RawServer.answering("HTTP/1.1 204 OK\n\n", new byte[0])) {
      URI url = URI.create("http://media.example.org:81/a%20b/c?x=1&y=%2F");
      engine.exchange(
          request(url, server.endpoint()),
          BodySink.NONE,
          Deadline.after(System::nanoTime, Duration.ofSeconds(5)));
      assertThat(server.heads().get(0).lines().toList())
          .contains("GET /a%20b/c?x=1&y=%2F HTTP/1.1")
          .anyMatch(line -> line.equalsIgnoreCase("host: media.example.org:81"));
    }
  }

  @Test
  void bodyWithoutLength_endsWithTheConnection() throws IOException {
    try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\n\n", new byte[1000])) {
      Counting sink = new Counting();
      assertThat(get(server, sink).end()).isEqualTo(Exchange.End.COMPLETE);
      assertThat(sink.bytes).isEqualTo(1000);
    }
  }

  @Test
  void bodyCutShort_isTruncated() throws IOException {
    try (RawServer server =
        RawServer.answering("HTTP/1.1 200 OK\nContent-Length: 5000\n\n", new byte[1000])) {
      Counting sink = new Counting();
      assertThat(kind(get(server, sink))).contains(FailureKind.BODY_TRUNCATED);
      assertThat(sink.bytes).isEqualTo(1000);
    }
  }

  @Test
  void chunkedBodyCutShort_isTruncated() throws IOException {
    try (RawServer server =
        RawServer.answering(
            "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n4\nabcd\n", new byte[0])) {
      assertThat(kind(get(server, new Counting()))).contains(FailureKind.BODY_TRUNCATED);
    }
  }

  @Test
  void brokenChunk_isAProtocolError() throws IOException {
    try (RawServer server =
        RawServer.answering(
            "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nxyz\nabcd\n", new byte[0])) {
      assertThat(kind(get(server, new Counting()))).contains(FailureKind.HTTP_PROTOCOL);
    }
  }

  @Test
  void answerThatIsNoHttp_isAProtocolError() throws IOException {
    try (RawServer server = RawServer.answering("SSH-2.0-OpenSSH\n\n\n", new byte[64])) {
      assertThat(kind(get(server, new Counting()))).contains(FailureKind.HTTP_PROTOCOL);
    }
  }

  @Test
  void resetWhileTheBodyComes_isAReset() throws IOException {
    try (RawServer server =
        new RawServer(
            (socket, out) -> {
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\nabc".getBytes());
              out.flush();
              Thread.sleep(100);
              socket.setSoLinger(true, 0);
            })) {
      assertThat(kind(get(server, new Counting()))).contains(FailureKind.CONNECTION_RESET);
    }
  }

  @Test
  void closeBeforeTheAnswer_isAReset() throws IOException {
    try (RawServer server = new RawServer((socket, out) -> {})) {
      assertThat(kind(get(server, new Counting()))).contains(FailureKind.CONNECTION_RESET);
    }
  }

  @Test
  void refusedConnection_isSaid() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = closed.getLocalPort();
    }
    Endpoint endpoint = new Endpoint(new InetSocketAddress("127.0.0.1", port), Optional.empty());
    Exchange exchange =
        engine.exchange(
            request(URI.create("http://127.0.0.1:" + port + "/"), endpoint),
            BodySink.NONE,
            Deadline.after(System::nanoTime, Duration.ofSeconds(5)));
    assertThat(kind(exchange)).contains(FailureKind.CONNECTION_REFUSED);
    assertThat(exchange.failure().orElseThrow().operation()).isEqualTo("connect");
  }

  private static void trickle(OutputStream out, String start, String part)
      throws IOException, InterruptedException {
    out.write(start.getBytes(StandardCharsets.ISO_8859_1));
    for (int i = 0; i < 1000; i++) {
      out.write(part.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      Thread.sleep(20);
    }
  }

  private static void assertEndsInTime(RawServer.Script script, FailureKind kind)
      throws IOException {
    try (RawServer server = new RawServer(script)) {
      long start = System.nanoTime();
      Exchange exchange = get(server, new Counting());
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT.plus(SLACK));
      assertThat(kind(exchange)).isEqualTo(Optional.ofNullable(kind));
      if (kind == null) {
        assertThat(exchange.end()).isEqualTo(Exchange.End.TIME_LIMIT);
      }
    }
  }

  @Test
  void silentServer_endsAtTheLimit() throws IOException {
    assertEndsInTime((s, out) -> Thread.sleep(20_000), FailureKind.RESPONSE_TIMEOUT);
  }

  @Test
  void headByteByByte_endsAtTheLimit() throws IOException {
    assertEndsInTime(
        (s, out) -> trickle(out, "HTTP/1.1 200 OK\r\nX-A: ", "a"), FailureKind.RESPONSE_TIMEOUT);
  }

  @Test
  void bodyByteByByte_endsAtTheTimeLimit() throws IOException {
    assertEndsInTime(
        (s, out) -> trickle(out, "HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", "a"), null);
  }

  @Test
  void endlessChunks_endAtTheTimeLimit() throws IOException {
    assertEndsInTime(
        (s, out) ->
            trickle(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n"),
        null);
  }

  @Test
  void headerFlood_isTooLarge() throws IOException {
    assertEndsInTime(
        (s, out) -> {
          out.write("HTTP/1.1 200 OK\r\n".getBytes());
          for (int i = 0; i < 100_000; i++) {
            out.write(("X-" + i + ": " + "y".repeat(100) + "\r\n").getBytes());
          }
        },
        FailureKind.HEADERS_TOO_LARGE);
  }

  @Test
  void deadlineOfTheMeasurement_isAFailureOfItsOwn() throws IOException {
    try (RawServer server = new RawServer((s, out) -> Thread.sleep(20_000))) {
      Exchange exchange =
          engine.exchange(
              request(server.url("/"), server.endpoint()),
              BodySink.NONE,
              Deadline.after(System::nanoTime, Duration.ofMillis(300)));
      assertThat(kind(exchange)).contains(FailureKind.DEADLINE);
    }
  }

  @Test
  void sinkThatHasEnough_stopsTheBody() throws IOException {
    try (RawServer server =
        RawServer.answering("HTTP/1.1 200 OK\nContent-Length: 9000000\n\n", new byte[9_000_000])) {
      Counting sink = new Counting();
      sink.limit = 100_000;
      assertThat(get(server, sink).end()).isEqualTo(Exchange.End.STOPPED);
      assertThat(sink.bytes).isBetween(100_000L, 400_000L);
    }
  }

  @Test
  void guardedAddress_isNeverConnectedTo() throws IOException {
    try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\n\n", new byte[0]);
        HttpEngine guarded =
            new HttpEngine(
                address -> {
                  throw new RefusedException(FailureKind.PRIVATE_ADDRESS, "not public");
                },
                Optional.empty(),
                Optional.empty(),
                System::nanoTime)) {
      Exchange exchange =
          guarded.exchange(
              request(server.url("/"), server.endpoint()),
              BodySink.NONE,
              Deadline.after(System::nanoTime, Duration.ofSeconds(5)));
      assertThat(kind(exchange)).contains(FailureKind.PRIVATE_ADDRESS);
      assertThat(server.heads()).isEmpty();
    }
  }

  @Test
  void interruptedThread_endsTheExchange() throws IOException {
    try (RawServer server = new RawServer((s, out) -> Thread.sleep(20_000))) {
      Thread.currentThread().interrupt();
      Exchange exchange = get(server, new Counting());
      assertThat(Thread.interrupted()).isTrue();
      assertThat(kind(exchange)).contains(FailureKind.INTERRUPTED);
    }
  }

  @Test
  void addresses_areWrittenInTheirUsualForm() throws IOException {
    for (var expected :
        List.of(
            Map.entry("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
            Map.entry("0:0:0:0:0:0:0:1", "::1"),
            Map.entry("0:0:0:0:0:0:0:0", "::"),
            Map.entry("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
            Map.entry("fe80:0:0:0:0:0:0:10", "fe80::10"),
            Map.entry("192.0.2.1", "192.0.2.1"))) {
      assertThat(Endpoint.text(InetAddress.getByName(expected.getKey())))
          .isEqualTo(expected.getValue());
    }
  }
}
