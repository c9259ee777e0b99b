package org.vidtomo.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.dashboard.Http;

/** What is passed to the coordinator, and what is not; the coordinator is a real HTTP server. */
class AdminProxyTest {
  private static final String CAMPAIGN = "/campaigns/00000000-0000-0000-0000-000000000001";
  private static final List<String> ASKED = new CopyOnWriteArrayList<>();
  private static Vertx vertx;
  private static HttpServer coordinator;
  private static URI base;
  private static URI lost;

  @BeforeAll
  static void start() throws Exception {
    coordinator = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    coordinator.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          ASKED.add(
              "%s %s token=%s cookie=%s body=%s"
                  .formatted(
                      exchange.getRequestMethod(),
                      exchange.getRequestURI(),
                      exchange.getRequestHeaders().getFirst("authorization"),
                      exchange.getRequestHeaders().getFirst("cookie"),
                      body));
          byte[] answer = "{\"title\":\"Not allowed\"}".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("content-type", "application/problem+json");
          exchange.sendResponseHeaders(403, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    coordinator.createContext(
        "/api/v1/whoami",
        exchange -> {
          boolean known =
              "Bearer abc".equals(exchange.getRequestHeaders().getFirst("authorization"));
          byte[] answer =
              (known ? "{\"scope\":\"submit\"}" : "{}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    coordinator.start();
    vertx = Vertx.vertx();
    base = serve(Optional.of(URI.create("http://127.0.0.1:" + coordinator.getAddress().getPort())));
    lost = serve(Optional.of(URI.create("http://127.0.0.1:1")));
  }

  private static URI serve(Optional<URI> to) throws Exception {
    Router router = Router.router(vertx);
    CoordinatorLink link = new CoordinatorLink(vertx, to, Optional.empty());
    new AdminProxy(link, new Callers(link, Clock.systemUTC())).addTo(router);
    return Http.listening(vertx.createHttpServer().requestHandler(router));
  }

  @AfterAll
  static void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    coordinator.stop(0);
  }

  @BeforeEach
  void forget() {
    ASKED.clear();
  }

  @Test
  void aListedRequest_isPassedWithItsTokenAndBody_andNothingElse() throws Exception {
    HttpResponse<String> answer =
        Http.send(
            request(base, "/campaigns")
                .header("authorization", "Bearer abc")
                .header("cookie", "secret=1")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"urls\":[]}")));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).isEqualTo("{\"title\":\"Not allowed\"}");
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(ASKED)
        .containsExactly("POST /api/v1/campaigns token=Bearer abc cookie=null body={\"urls\":[]}");
  }

  @Test
  void aBody_isNotReadOfWhomTheCoordinatorDoesNotKnow() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), base.getPort())) {
      socket.setSoTimeout(10_000);
      String head =
          "POST /api/v1/admin/campaigns HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer wrong\r\n"
              + "Content-Length: 4000000\r\n\r\n{";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      byte[] answer = new byte[12];
      socket.getInputStream().readNBytes(answer, 0, answer.length);
      assertThat(new String(answer, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 401");
    }
    assertThat(ASKED).isEmpty();
  }

  @Test
  void pausing_isPassed() throws Exception {
    Http.send(
        request(base, CAMPAIGN + "/pause")
            .header("authorization", "Bearer abc")
            .POST(BodyPublishers.noBody()));
    assertThat(ASKED).hasSize(1);
    assertThat(ASKED.get(0)).startsWith("POST /api/v1" + CAMPAIGN + "/pause token=Bearer abc");
  }

  @Test
  void clearingAnAgentsFlags_isPassed() throws Exception {
    Http.send(request(base, "/agents/a-1/flags").header("authorization", "Bearer abc").DELETE());
    assertThat(ASKED)
        .containsExactly("DELETE /api/v1/agents/a-1/flags token=Bearer abc cookie=null body=");
  }

  @Test
  void whatIsNotListed_isNotPassed() throws Exception {
    for (String path :
        List.of(
            "/whoami",
            "/agents/../../metrics",
            "/agents/%2e%2e/metrics",
            CAMPAIGN + "/delete",
            "/campaigns/not-an-id",
            "")) {
      HttpResponse<String> answer =
          Http.send(request(base, path).header("authorization", "Bearer abc").GET());
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
    }
    HttpResponse<String> deletion =
        Http.send(request(base, "/campaigns").header("authorization", "Bearer abc").DELETE());
    assertThat(deletion.statusCode()).isEqualTo(404);
    assertThat(ASKED).isEmpty();
  }

  @Test
  void withoutAToken_nothingIsPassed() throws Exception {
    assertThat(Http.send(request(base, "/campaigns").GET()).statusCode()).isEqualTo(401);
    assertThat(ASKED).isEmpty();
  }

  @Test
  void aCoordinatorThatDoesNotAnswer_isABadGateway() throws Exception {
    HttpResponse<String> answer =
        Http.send(request(lost, "/agents").header("authorization", "Bearer abc").GET());
    assertThat(answer.statusCode()).isEqualTo(502);
  }

  private static HttpRequest.Builder request(URI to, String path) {
    return HttpRequest.newBuilder(URI.create(to + "/api/v1/admin" + path));
  }
}
