package org.vidtomo.testsite.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import org.vidtomo.testsite.layout.Binding;
import org.vidtomo.testsite.layout.Isp;
import org.vidtomo.testsite.shape.Links;

/**
 * One request and its answer over the client's link.
 *
 * @param line the client's line, for the shaping
 */
record Exchange(HttpServerRequest request, Binding binding, Isp isp, String line, Links links) {

  static final String HTML = "text/html; charset=utf-8";
  static final String TEXT = "text/plain; charset=utf-8";

  private static final int WRITE_QUEUE_BYTES = 64 * 1024;

  boolean head() {
    return request.method() == HttpMethod.HEAD;
  }

  HttpServerResponse response() {
    return request.response();
  }

  /** A query parameter that is a number of this range, else the default. */
  long number(String parameter, long from, long to, long otherwise) {
    return Optional.ofNullable(request.getParam(parameter))
        .filter(text -> text.matches("\\d{1,18}"))
        .map(Long::valueOf)
        .filter(value -> value >= from && value <= to)
        .orElse(otherwise);
  }

  /** The request's query, with its question mark where there is one. */
  String query() {
    String query = request.query();
    return query == null || query.isEmpty() ? "" : "?" + query;
  }

  /** The client's address without port. */
  String client() {
    return request.remoteAddress().hostAddress();
  }

  void redirect(int status, String location) {
    response().setStatusCode(status).putHeader("Location", location);
    response().putHeader("Cache-Control", "no-store").putHeader("Content-Length", "0").end();
  }

  void text(int status, String contentType, String body) {
    Buffer bytes = Buffer.buffer(body);
    response().setStatusCode(status).putHeader("Content-Type", contentType);
    response().putHeader("Content-Length", String.valueOf(bytes.length()));
    body(bytes, 0, bytes.length(), response()::end);
  }

  /** A plain answer that says what is wrong. */
  void refuse(int status, String why) {
    text(status, TEXT, why + "\n");
  }

  /**
   * Sends bytes {@code from} to before {@code to} of a repeating pattern, then runs {@code end}.
   * The head must be set. An answer to HEAD ends at once.
   */
  void body(Buffer pattern, long from, long to, Runnable end) {
    if (head() || from >= to) {
      response().end();
      return;
    }
    response().setWriteQueueMaxSize(WRITE_QUEUE_BYTES);
    links.send(isp, line, new BodyFlow(response(), pattern, from, to, end));
  }

  /** Closes the connection, whatever was promised. */
  void hangUp() {
    request.connection().close();
  }
}
