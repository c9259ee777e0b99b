package org.vidtomo.runtime.http;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.vidtomo.runtime.Health;
import org.vidtomo.runtime.settings.Settings;

/** An HTTP server that is started and closed with bounded waits. Thread-safe. */
public final class HttpListener implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 5;

  private final Vertx vertx;
  private final Place place;
  private final Optional<ServerTls> tls;
  private final HttpServerOptions options;
  private volatile HttpServer server;

  /**
   * Where a server listens, and what for.
   *
   * @param purpose as in "listening for the API"
   * @param setting that names the address
   * @param address port 0: a free one
   */
  public record Place(String purpose, String setting, InetSocketAddress address) {
    public Place {
      requireNonNull(purpose, "purpose");
      requireNonNull(setting, "setting");
      requireNonNull(address, "address");
    }

    private String text() {
      return address.getHostString() + ":" + address.getPort();
    }
  }

  /**
   * A server that does not listen yet.
   *
   * @param tls empty: plain text
   * @param options all but TLS
   */
  public HttpListener(
      Vertx vertx, Place place, Optional<ServerTls> tls, HttpServerOptions options) {
    this.vertx = requireNonNull(vertx, "vertx");
    this.place = requireNonNull(place, "place");
    this.tls = requireNonNull(tls, "tls");
    this.options = new HttpServerOptions(options);
  }

  /**
   * Begins to listen.
   *
   * @throws IOException naming the address and its setting
   */
  public void start(Handler<HttpServerRequest> handler) throws IOException, InterruptedException {
    tls.ifPresent(
        files ->
            options
                .setSsl(true)
                .setKeyCertOptions(
                    new PemKeyCertOptions()
                        .setCertPath(files.certificate().toString())
                        .setKeyPath(files.key().toString())));
    HttpServer made = vertx.createHttpServer(options).requestHandler(handler);
    try {
      await(made.listen(place.address().getPort(), place.address().getHostString()));
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "listening for %s on %s%s: %s; end what uses that port, or set %s (%s) to another"
              .formatted(
                  place.purpose(),
                  place.text(),
                  tls.map(files -> " with " + files.certificate()).orElse(""),
                  reason(e),
                  place.setting(),
                  Settings.variable(place.setting())),
          e);
    }
    server = made;
  }

  /** The port it listens on; 0 unless it does. */
  public int port() {
    HttpServer started = server;
    return started == null ? 0 : started.actualPort();
  }

  /** Whether it listens, and where. */
  public Health check() {
    return server == null
        ? Health.down("not listening")
        : Health.ok("listening on " + place.address().getHostString() + ":" + port());
  }

  /** Idempotent. */
  @Override
  public void close() {
    HttpServer started = server;
    server = null;
    if (started == null) {
      return;
    }
    try {
      await(started.close());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("closing the server for " + place.purpose(), e);
    }
  }

  private static void await(Future<?> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    future.toCompletionStage().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  private static String reason(Exception e) {
    return e instanceof ExecutionException
        ? e.getCause().getMessage()
        : "no answer within " + TIMEOUT_SECONDS + " s";
  }
}
