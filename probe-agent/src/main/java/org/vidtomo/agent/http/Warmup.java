package org.vidtomo.agent.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.task.HttpProtocol;

/**
 * Requests to ourselves, once in the life of a process. In a cold JVM the first exchange, above all
 * with TLS, takes hundreds of milliseconds for loading and compiling code; that would be measured
 * as the network's. A server on loopback answers, for as long as this takes.
 */
final class Warmup {
  private static final Logger LOG = LoggerFactory.getLogger(Warmup.class);
  private static final Duration LIMIT = Duration.ofMillis(1500);
  private static final Duration LISTEN_LIMIT = Duration.ofSeconds(10);
  private static final int BODY_BYTES = 256 << 10;
  private static final int EXCHANGES = 25;

  private static boolean done;

  private Warmup() {}

  static synchronized void once(LongSupplier ticker) {
    if (done) {
      return;
    }
    done = true;
    long start = ticker.getAsLong();
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setUseDaemonThread(true));
    try {
      run(vertx, ticker);
    } catch (ExecutionException | TimeoutException | java.io.IOException e) {
      LOG.warn(
          "Not warmed up, the first measurement may show our own start reason=\"{}\"",
          e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      vertx.close();
    }
    LOG.debug("Warmed up elapsedMs={}", (ticker.getAsLong() - start) / 1_000_000);
  }

  private static void run(Vertx vertx, LongSupplier ticker)
      throws ExecutionException, TimeoutException, InterruptedException, java.io.IOException {
    Instant now = Instant.now();
    ThrowawayCertificate own =
        ThrowawayCertificate.of(
            "localhost", now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1)));
    HttpServer plain = listen(vertx, new HttpServerOptions());
    HttpServer tls =
        listen(
            vertx,
            new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(
                    new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(own.certificatePem()))
                        .addKeyValue(Buffer.buffer(own.keyPem()))));
    PemTrustOptions trust = new PemTrustOptions().addCertValue(Buffer.buffer(own.certificatePem()));
    Deadline deadline = Deadline.after(ticker, LIMIT);
    try (HttpEngine engine = HttpEngine.cold(trust, ticker)) {
      for (int i = 0; i < EXCHANGES && !deadline.over(); i++) {
        exchange(engine, "http", plain.actualPort(), HttpProtocol.AUTO, deadline);
        exchange(engine, "https", tls.actualPort(), HttpProtocol.AUTO, deadline);
        if (i % 4 == 0) {
          exchange(engine, "https", tls.actualPort(), HttpProtocol.HTTP_1_1, deadline);
        }
      }
    }
  }

  private static HttpServer listen(Vertx vertx, HttpServerOptions options)
      throws ExecutionException, TimeoutException, InterruptedException {
    Buffer body = Buffer.buffer(new byte[BODY_BYTES]);
    return vertx
        .createHttpServer(options)
        .requestHandler(request -> request.response().end(body))
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(LISTEN_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void exchange(
      HttpEngine engine, String scheme, int port, HttpProtocol protocol, Deadline deadline)
      throws java.io.IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    Exchange exchange =
        engine.exchange(
            new ExchangeRequest(
                URI.create(scheme + "://localhost:" + port + "/"),
                new Endpoint(address, Optional.empty()),
                protocol,
                Map.of(),
                Optional.empty()),
            new All(),
            deadline);
    if (exchange.failure().isPresent() && !deadline.over()) {
      throw new java.io.IOException(exchange.failure().get().detail());
    }
  }

  private static final class All implements BodySink {
    @Override
    public boolean head(ResponseHead head, long elapsedMicros) {
      return true;
    }

    @Override
    public boolean bytes(ByteBuffer chunk, long elapsedMicros) {
      return true;
    }
  }
}
