package org.vidtomo.runtime.operations;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.vidtomo.runtime.Component;
import org.vidtomo.runtime.Health;
import org.vidtomo.runtime.http.HttpListener;
import org.vidtomo.runtime.http.ServerTls;

/** An HTTP server with nothing but {@code /health} and {@code /metrics}. */
public final class OperationsServer implements Component {
  private final HttpListener listener;
  private final Operations operations;

  /**
   * A server that does not listen yet.
   *
   * @param setting that names the address
   * @param listen port 0: a free one
   */
  public OperationsServer(
      Vertx vertx,
      String setting,
      InetSocketAddress listen,
      Optional<ServerTls> tls,
      Operations operations) {
    this.operations = requireNonNull(operations, "operations");
    listener =
        new HttpListener(
            vertx,
            new HttpListener.Place("/health and /metrics", setting, listen),
            tls,
            new HttpServerOptions().setIdleTimeout(30).setMaxInitialLineLength(1024));
  }

  @Override
  public String name() {
    return "operations";
  }

  @Override
  public void start() throws IOException, InterruptedException {
    listener.start(this::handle);
  }

  /** Where it listens; 0 before {@link #start}. */
  public int port() {
    return listener.port();
  }

  @Override
  public Health check() {
    return listener.check();
  }

  @Override
  public void close() {
    listener.close();
  }

  private void handle(HttpServerRequest request) {
    boolean get = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
    if (!get) {
      request.response().setStatusCode(405).putHeader("allow", "GET, HEAD").end();
      return;
    }
    switch (request.path()) {
      case "/health" -> operations.health(request);
      case "/metrics" -> operations.metrics(request);
      default -> request.response().setStatusCode(404).end("try /health or /metrics\n");
    }
  }
}
