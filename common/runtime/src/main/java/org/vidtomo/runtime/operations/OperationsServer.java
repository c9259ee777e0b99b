package org.vidtomo.runtime.operations;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.vidtomo.runtime.Component;
import org.vidtomo.runtime.Health;

/** An HTTP server with nothing but {@code /health} and {@code /metrics}. */
public final class OperationsServer implements Component {
  private static final long TIMEOUT_SECONDS = 5;

  private final Vertx vertx;
  private final InetSocketAddress listen;
  private final Operations operations;
  private volatile HttpServer server;

  /**
   * A server that does not listen yet.
   *
   * @param listen port 0: a free one
   */
  public OperationsServer(Vertx vertx, InetSocketAddress listen, Operations operations) {
    this.vertx = requireNonNull(vertx, "vertx");
    this.listen = requireNonNull(listen, "listen");
    this.operations = requireNonNull(operations, "operations");
  }

  @Override
  public String name() {
    return "operations";
  }

  @Override
  public void start() throws IOException, InterruptedException {
    HttpServer made =
        vertx
            .createHttpServer(
                new HttpServerOptions().setIdleTimeout(30).setMaxInitialLineLength(1024))
            .requestHandler(this::handle);
    try {
      made.listen(listen.getPort(), listen.getHostString())
          .toCompletionStage()
          .toCompletableFuture()
          .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "listening for /health and /metrics on %s:%d: %s; choose another address or end what uses it"
              .formatted(listen.getHostString(), listen.getPort(), reason(e)),
          e);
    }
    server = made;
  }

  /** Where it listens; 0 before {@link #start}. */
  public int port() {
    HttpServer started = server;
    return started == null ? 0 : started.actualPort();
  }

  @Override
  public Health check() {
    return server == null
        ? Health.down("not listening")
        : Health.ok("listening on " + listen.getHostString() + ":" + port());
  }

  @Override
  public void close() {
    HttpServer started = server;
    if (started == null) {
      return;
    }
    server = null;
    try {
      started
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("closing the server of /health and /metrics", e);
    }
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

  private static String reason(Exception e) {
    Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
    return cause instanceof TimeoutException ? "no answer within 5 s" : cause.getMessage();
  }
}
