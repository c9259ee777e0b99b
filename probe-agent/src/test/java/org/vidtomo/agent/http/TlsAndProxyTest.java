package org.vidtomo.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.task.HttpProtocol;

class TlsAndProxyTest {
  @TempDir static Path folder;
  private static Vertx vertx;
  private static HttpServer tls;
  private static HttpEngine engine;

  @BeforeAll
  static void start() throws Exception {
    Instant now = Instant.now();
    ThrowawayCertificate own =
        ThrowawayCertificate.of("media.example.org", now.minusSeconds(3600), now.plusSeconds(3600));
    Path authorities = folder.resolve("ca.pem");
    Files.writeString(authorities, own.certificatePem());
    vertx = Vertx.vertx();
    tls = server(own);
    engine =
        new HttpEngine(
            AddressGuard.ALL, Optional.empty(), Optional.of(authorities), System::nanoTime);
    Warmup.once(System::nanoTime);
  }

  private static HttpServer server(ThrowawayCertificate certificate) throws Exception {
    return vertx
        .createHttpServer(
            new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setSni(true)
                .setKeyCertOptions(
                    new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(certificate.certificatePem()))
                        .addKeyValue(Buffer.buffer(certificate.keyPem()))))
        .requestHandler(
            request ->
                request
                    .response()
                    .putHeader("X-Name", String.valueOf(request.connection().indicatedServerName()))
                    .putHeader("X-Authority", request.authority().toString())
                    .end(Buffer.buffer(new byte[200_000])))
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  @AfterAll
  static void stop() throws Exception {
    engine.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static Exchange get(
      HttpEngine by,
      String host,
      int port,
      HttpProtocol protocol,
      Optional<InetSocketAddress> proxy) {
    return by.exchange(
        new ExchangeRequest(
            URI.create("https://" + host + ":" + port + "/v.mp4"),
            new Endpoint(new InetSocketAddress("127.0.0.1", port), proxy),
            protocol,
            Map.of(),
            Optional.empty()),
        new Everything(),
        Deadline.after(System::nanoTime, Duration.ofSeconds(10)));
  }

  private static final class Everything implements BodySink {
    @Override
    public boolean head(ResponseHead head, long elapsedMicros) {
      return true;
    }

    @Override
    public boolean bytes(java.nio.ByteBuffer chunk, long elapsedMicros) {
      return true;
    }
  }

  @Test
  void pinnedAddress_keepsTheNameForTlsAndHost() {
    Exchange exchange =
        get(engine, "media.example.org", tls.actualPort(), HttpProtocol.AUTO, Optional.empty());
    assertThat(exchange.failure()).isEmpty();
    assertThat(exchange.protocol()).contains("HTTP/2");
    assertThat(exchange.tls().orElseThrow()).startsWith("TLSv1.3 TLS_");
    assertThat(exchange.phases().tlsMicros()).isPresent();
    assertThat(exchange.phases().connectMicros()).isPresent();
    ResponseHead head = exchange.head().orElseThrow();
    assertThat(head.header("x-name")).contains("media.example.org");
    assertThat(head.header("x-authority")).contains("media.example.org:" + tls.actualPort());
  }

  @Test
  void http11_isSpokenWhereItIsAskedFor() {
    Exchange exchange =
        get(engine, "media.example.org", tls.actualPort(), HttpProtocol.HTTP_1_1, Optional.empty());
    assertThat(exchange.protocol()).contains("HTTP/1.1");
  }

  @Test
  void otherName_isAMismatch() {
    Exchange exchange =
        get(engine, "other.example.org", tls.actualPort(), HttpProtocol.AUTO, Optional.empty());
    assertThat(exchange.failure().map(f -> f.kind())).contains(FailureKind.TLS_NAME_MISMATCH);
    assertThat(exchange.failure().orElseThrow().operation()).isEqualTo("tls");
    assertThat(exchange.phases().connectMicros()).isPresent();
  }

  @Test
  void unknownAuthority_isACertificateFailure() {
    try (HttpEngine plain =
        new HttpEngine(AddressGuard.ALL, Optional.empty(), Optional.empty(), System::nanoTime)) {
      Exchange exchange =
          get(plain, "media.example.org", tls.actualPort(), HttpProtocol.AUTO, Optional.empty());
      assertThat(exchange.failure().map(f -> f.kind())).contains(FailureKind.TLS_CERTIFICATE);
    }
  }

  @Test
  void serverWithoutTls_isAHandshakeFailure() throws IOException {
    Exchange exchange =
        get(engine, "media.example.org", new Garbage().port(), HttpProtocol.AUTO, Optional.empty());
    assertThat(exchange.failure().map(f -> f.kind())).contains(FailureKind.TLS_HANDSHAKE);
  }

  /** Answers at once, whatever comes. */
  private static final class Garbage {
    private final java.net.ServerSocket server =
        new java.net.ServerSocket(0, 5, java.net.InetAddress.getByName("127.0.0.1"));

    Garbage() throws IOException {
      Thread thread =
          new Thread(
              () -> {
                try (server;
                    Socket socket = server.accept()) {
                  socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
                  socket.getOutputStream().flush();
                  Thread.sleep(500);
                } catch (IOException | InterruptedException e) {
                  // The client has left.
                }
              },
              "garbage");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return server.getLocalPort();
    }
  }

  @Test
  void proxyForHttps_isAskedForATunnelToTheAddress() throws IOException {
    List<String> heads;
    try (RawServer proxy =
        new RawServer(
            (socket, out) -> {
              out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes());
              out.flush();
              try (Socket server = new Socket("127.0.0.1", tls.actualPort())) {
                Thread up = new Thread(() -> copy(socket, server), "proxy-up");
                up.setDaemon(true);
                up.start();
                copy(server, socket);
              }
            })) {
      Exchange exchange =
          get(
              engine,
              "media.example.org",
              tls.actualPort(),
              HttpProtocol.AUTO,
              Optional.of(new InetSocketAddress("127.0.0.1", proxy.port())));
      heads = proxy.heads();
      assertThat(exchange.failure()).isEmpty();
      assertThat(exchange.phases().tlsMicros()).isPresent();
    }
    assertThat(heads.get(0)).startsWith("CONNECT 127.0.0.1:" + tls.actualPort() + " HTTP/1.1");
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One side has left.
    }
  }

  @Test
  void proxyForHttp_isAskedForTheAddressWithTheHostKept() throws IOException {
    try (RawServer proxy =
        RawServer.answering("HTTP/1.1 200 OK\nContent-Length: 2\n\n", new byte[2])) {
      Exchange exchange =
          engine.exchange(
              new ExchangeRequest(
                  URI.create("http://media.example.org/v.mp4?a=1"),
                  new Endpoint(
                      new InetSocketAddress("192.0.2.7", 80),
                      Optional.of(new InetSocketAddress("127.0.0.1", proxy.port()))),
                  HttpProtocol.AUTO,
                  Map.of(),
                  Optional.empty()),
              new Everything(),
              Deadline.after(System::nanoTime, Duration.ofSeconds(5)));
      assertThat(exchange.failure()).isEmpty();
      assertThat(proxy.heads().get(0).lines().toList())
          .contains("GET http://192.0.2.7:80/v.mp4?a=1 HTTP/1.1")
          .anyMatch(line -> line.equalsIgnoreCase("host: media.example.org"));
    }
  }
}
