package org.vidtomo.coordinator.source;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.vidtomo.runtime.Version;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.SiteRequest;
import org.vidtomo.sites.Urls;

/** One request over a connection, and its answer as far as it is read. Confined to its context. */
final class PinnedExchange {
  private final SiteRequest request;
  private final CompletableFuture<Answer> done;
  private final Buffer body = Buffer.buffer();

  private PinnedExchange(SiteRequest request, CompletableFuture<Answer> done) {
    this.request = request;
    this.done = done;
  }

  /** Sends the request; the connection is closed once {@code done} is. */
  static void run(
      SiteRequest request, HttpClientConnection connection, CompletableFuture<Answer> done) {
    PinnedExchange exchange = new PinnedExchange(request, done);
    done.whenComplete((answer, error) -> connection.close());
    connection
        .request(exchange.options())
        .compose(exchange::send)
        .onSuccess(exchange::answered)
        .onFailure(done::completeExceptionally);
  }

  private RequestOptions options() {
    URI url = request.url();
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(request.method()))
            .setHost(url.getHost())
            .setPort(Urls.port(url))
            .setSsl(true)
            .setURI(url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()))
            .putHeader("user-agent", Version.software())
            .putHeader("accept", "*/*");
    request.headers().forEach(options::putHeader);
    return options;
  }

  private Future<HttpClientResponse> send(HttpClientRequest ready) {
    return request.body().isPresent()
        ? ready.send(Buffer.buffer(request.body().get()))
        : ready.send();
  }

  private void answered(HttpClientResponse response) {
    response.exceptionHandler(done::completeExceptionally);
    response.handler(
        piece -> {
          int room = Document.MAX_BYTES - body.length();
          body.appendBuffer(piece, 0, Math.min(room, piece.length()));
          if (piece.length() > room) {
            finish(response, false);
          }
        });
    response.endHandler(end -> finish(response, true));
  }

  private void finish(HttpClientResponse response, boolean whole) {
    Document document =
        new Document(
            request.url(),
            response.statusCode(),
            Optional.ofNullable(response.getHeader("content-type")),
            body.getBytes(),
            whole);
    done.complete(new Answer(document, Optional.ofNullable(response.getHeader("location"))));
  }
}
