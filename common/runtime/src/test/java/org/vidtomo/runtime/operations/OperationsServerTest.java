package org.vidtomo.runtime.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.runtime.Component;
import org.vidtomo.runtime.Health;

class OperationsServerTest {
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Metrics metrics = new Metrics();
  private volatile Health broker = Health.ok("connected");
  private OperationsServer server;

  @BeforeEach
  void start() throws Exception {
    server = server(0);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    metrics.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void health_isOneLineADependency() throws Exception {
    broker = Health.degraded("connected\nbut not consuming");

    HttpResponse<String> response = get("/health");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "broker: degraded, connected but not consuming\n"
                + "operations: ok, listening on 127.0.0.1:"
                + server.port()
                + "\n");
  }

  @Test
  void health_holdsNoFullPublicAddress() throws Exception {
    broker = Health.down("198.51.100.7:5671 refused");
    assertThat(get("/health").body()).contains("198.51.100.0/24:5671 refused");
  }

  @Test
  void health_is503_whenOneIsDown_orItsCheckFails() throws Exception {
    broker = Health.down("refused");
    assertThat(get("/health").statusCode()).isEqualTo(503);

    broker = null;
    assertThat(get("/health").body()).contains("broker: down, the check failed");
  }

  @Test
  void metrics_arePrometheusText() throws Exception {
    metrics.registry().counter("vidtomo.tests", "outcome", "ok").increment();

    HttpResponse<String> response = get("/metrics");

    assertThat(response.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    assertThat(response.body())
        .contains("vidtomo_tests_total{outcome=\"ok\"} 1.0")
        .contains("vidtomo_build_info{version=")
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void otherPathsAndMethods_areRefused() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
    HttpRequest post =
        HttpRequest.newBuilder(url("/health")).POST(HttpRequest.BodyPublishers.noBody()).build();
    assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(405);
  }

  @Test
  void takenPort_isAnErrorThatNamesIt() {
    assertThatThrownBy(server(server.port())::start)
        .hasMessageContaining("127.0.0.1:" + server.port())
        .hasMessageContaining("VIDTOMO_AGGREGATOR_LISTEN");
  }

  private OperationsServer server(int port) {
    return new OperationsServer(
        vertx,
        "aggregator.listen",
        new InetSocketAddress("127.0.0.1", port),
        Optional.empty(),
        new Operations(vertx, () -> List.<Component>of(new Broker(), server), metrics));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(url(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private final class Broker implements Component {
    @Override
    public String name() {
      return "broker";
    }

    @Override
    public void start() {}

    @Override
    public Health check() {
      return broker == null ? Health.ok(null) : broker;
    }

    @Override
    public void close() {}
  }
}
