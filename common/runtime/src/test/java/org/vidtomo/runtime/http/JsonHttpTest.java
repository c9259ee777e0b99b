package org.vidtomo.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vidtomo.core.wire.Wire;

class JsonHttpTest {
  private record Value(String text) {}

  private HttpServer server;
  private JsonHttp http;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    http =
        JsonHttp.to(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
            Optional.of("t0ken"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void post_sendsJsonWithTheToken_andReadsJson() throws Exception {
    server.createContext(
        "/api/echo",
        exchange -> {
          String authorization = exchange.getRequestHeaders().getFirst("Authorization");
          Value sent = read(exchange.getRequestBody());
          byte[] body = Wire.toBytes(new Value(sent.text() + " " + authorization));
          exchange.sendResponseHeaders(201, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });

    assertThat(http.post("/api/echo", new Value("hello"), Value.class).text())
        .isEqualTo("hello Bearer t0ken");
  }

  @Test
  void problem_isTheError() {
    answer("/api/x", 403, Wire.toJson(Problem.of(403, "the invite was used")));

    JsonHttpException error =
        catchThrowableOfType(JsonHttpException.class, () -> http.get("/api/x", Value.class));

    assertThat(error)
        .hasMessage(
            "GET %sapi/x was answered with 403 Not allowed: the invite was used", http.base());
    assertThat(error.problem()).contains(Problem.of(403, "the invite was used"));
  }

  @Test
  void otherAnswers_areErrorsThatSayWhatIsWrong() {
    answer("/html", 200, "<html>");
    answer("/moved", 302, "");
    answer("/broken", 500, "oops");

    assertThatThrownBy(() -> http.get("/html", Value.class)).hasMessageContaining("right URL");
    assertThatThrownBy(() -> http.get("/moved", Value.class)).hasMessageContaining("302");
    assertThatThrownBy(() -> http.get("/broken", Value.class)).hasMessageContaining("500 Internal");
  }

  @Test
  void serverThatIsNotThere_isAnErrorWithItsUrl() throws IOException {
    JsonHttp nowhere = JsonHttp.to(URI.create("http://127.0.0.1:1"), Optional.empty());

    assertThatThrownBy(() -> nowhere.get("/x", Value.class))
        .isInstanceOf(JsonHttpException.class)
        .hasMessageStartingWith("GET http://127.0.0.1:1/x: ")
        .hasMessageContaining("is it running");
  }

  @Test
  void stream_isReadAsItComes() throws Exception {
    answer("/events", 200, "data: 1\n\n");

    try (InputStream events = http.stream("/events")) {
      assertThat(events.readAllBytes()).asString(StandardCharsets.UTF_8).startsWith("data: 1");
    }
  }

  @Test
  @Timeout(60)
  void answerThatDoesNotEnd_isWaitedForAsLongAsTheTimeout() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    server.createContext(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    JsonHttp hasty =
        JsonHttp.to(http.base(), Optional.empty(), Duration.ofSeconds(1), Optional.empty());

    assertThatThrownBy(() -> hasty.get("/endless", Value.class))
        .isInstanceOf(JsonHttpException.class);
    over.countDown();
  }

  private void answer(String path, int status, String body) {
    server.createContext(
        path,
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
          }
          exchange.close();
        });
  }

  private static Value read(InputStream body) throws IOException {
    try {
      return Wire.read(body.readAllBytes(), Value.class);
    } catch (org.vidtomo.core.wire.WireException e) {
      throw new IOException(e);
    }
  }
}
