package org.vidtomo.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.dashboard.Http;

/** What clients cost that ask and do not read, however busy they look. */
class SlowClientsTest {
  /** More than the system takes on its own. */
  private static final int LARGE = 16 << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();
  private final Untaken untaken = new Untaken(vertx, LARGE + 1_000, PATIENCE);
  private final AtomicInteger exports = new AtomicInteger();
  private int port;

  @BeforeEach
  void serve() throws Exception {
    Router router = Router.router(vertx);
    router.route().handler(untaken::handle);
    byte[] large = new byte[LARGE];
    router.get("/large").handler(context -> Replies.tagged(context, "text/csv", "no-cache", large));
    router
        .get("/small")
        .handler(context -> Replies.tagged(context, "text/csv", "no-cache", new byte[10]));
    Buffer piece = Buffer.buffer(new byte[256 << 10]);
    router
        .get("/export")
        .handler(
            context -> {
              exports.incrementAndGet();
              new ExportStream(
                      context,
                      vertx.createSharedWorkerExecutor("export", 1),
                      PATIENCE,
                      exports::decrementAndGet)
                  .begin(() -> () -> Optional.of(piece), "text/csv", "x.csv");
            });
    port = Http.listening(vertx.createHttpServer().requestHandler(router)).getPort();
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  @Test
  void anAnswerThatIsNotTaken_isCutOff_andOnlySoManyBytesWait() throws Exception {
    try (Socket slow = ask("/large")) {
      await().atMost(SOON).until(() -> untaken.bytes() == LARGE);
      HttpResponse<String> other = get("/large");
      assertThat(other.statusCode()).isEqualTo(503);
      assertThat(other.headers().firstValue("retry-after")).isPresent();
      assertThat(get("/small").statusCode()).isEqualTo(200);
      keepBusyUntil(slow, () -> untaken.bytes() == 0);
    }
    assertThat(get("/large").statusCode()).isEqualTo(200);
  }

  @Test
  void anExportThatIsNotTaken_isCutOff_andItsPlaceIsAnothers() throws Exception {
    try (Socket slow = ask("/export")) {
      await().atMost(SOON).until(() -> exports.get() == 1);
      keepBusyUntil(slow, () -> exports.get() == 0);
    }
  }

  /** A client that sends is never idle. */
  private static void keepBusyUntil(Socket slow, java.util.function.BooleanSupplier over) {
    await()
        .atMost(SOON)
        .until(
            () -> {
              try {
                slow.getOutputStream().write('G');
              } catch (IOException e) {
                // Cut off.
              }
              return over.getAsBoolean();
            });
  }

  private HttpResponse<String> get(String path) throws Exception {
    return Http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)));
  }

  private Socket ask(String path) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4 << 10);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
    socket
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(path).getBytes(StandardCharsets.UTF_8));
    return socket;
  }
}
