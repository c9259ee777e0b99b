package org.vidtomo.dashboard.api;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventHubTest {
  private static final int LARGE = 64 << 10;

  private final Vertx vertx = Vertx.vertx();
  private final EventHub hub = new EventHub(vertx, Duration.ofSeconds(5));
  private int port;

  @BeforeEach
  void serve() throws Exception {
    Router router = Router.router(vertx);
    router.get("/events").handler(hub::add);
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS);
    port = server.actualPort();
    hub.start();
  }

  @AfterEach
  void stop() throws Exception {
    hub.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  @Test
  void aClientThatDoesNotRead_isLetGo_andTheOthersHearOn() throws Exception {
    try (Socket deaf = listen();
        Socket listening = listen()) {
      await().atMost(Duration.ofSeconds(5)).until(() -> hub.clients() == 2);
      InputStream in = listening.getInputStream();
      await()
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(5))
          .until(
              () -> {
                hub.broadcast("measurement", "x".repeat(LARGE));
                in.readNBytes(LARGE);
                return hub.clients() == 1;
              });
      hub.broadcast("measurement", "the last one");
      StringBuilder heard = new StringBuilder();
      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () -> {
                heard.append(
                    new String(in.readNBytes(Math.max(1, in.available())), StandardCharsets.UTF_8));
                return heard.indexOf("the last one") >= 0;
              });
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThatThrownBy(() -> send(deaf)).as("cut off").isNotNull());
    }
  }

  @Test
  void aClientThatLeaves_isForgotten() throws Exception {
    Socket client = listen();
    await().atMost(Duration.ofSeconds(5)).until(() -> hub.clients() == 1);
    client.close();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              hub.broadcast("measurement", "x");
              return hub.clients() == 0;
            });
  }

  private static void send(Socket socket) throws Exception {
    socket.getOutputStream().write('G');
  }

  private Socket listen() throws Exception {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(LARGE);
    socket.setSoTimeout(10_000);
    socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
    socket
        .getOutputStream()
        .write("GET /events HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    return socket;
  }
}
