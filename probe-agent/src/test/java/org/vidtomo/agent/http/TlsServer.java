package org.vidtomo.agent.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server of HTTP/1.1 and HTTP/2 over TLS on a free port of 127.0.0.1. */
public record TlsServer(Vertx vertx, HttpServer server) implements AutoCloseable {
  private static final int BODY_BYTES = 200_000;

  static TlsServer start(ThrowawayCertificate certificate)
      throws ExecutionException, InterruptedException, TimeoutException {
    return start(certificate, r -> r.response().end(Buffer.buffer(new byte[BODY_BYTES])));
  }

  public static TlsServer start(
      ThrowawayCertificate certificate, Handler<HttpServerRequest> handler)
      throws ExecutionException, InterruptedException, TimeoutException {
    Vertx vertx = Vertx.vertx();
    HttpServerOptions options =
        new HttpServerOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setSni(true)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(certificate.certificatePem()))
                    .addKeyValue(Buffer.buffer(certificate.keyPem())));
    HttpServer server =
        vertx
            .createHttpServer(options)
            .requestHandler(handler)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    return new TlsServer(vertx, server);
  }

  public int port() {
    return server.actualPort();
  }

  @Override
  public void close() throws ExecutionException, InterruptedException, TimeoutException {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
