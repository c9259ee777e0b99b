package org.vidtomo.dashboard.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.trust.Sha256;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.dashboard.compare.UnanswerableException;
import org.vidtomo.runtime.http.Problem;
import org.vidtomo.storage.StoreException;

/** Answers: JSON with an entity tag, or a problem (RFC 9457). */
final class Replies {
  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

  private Replies() {}

  /** Answers with JSON; 304 when the client already has it. */
  static void json(RoutingContext context, Object value) {
    tagged(context, "application/json; charset=utf-8", "no-cache", Wire.toBytes(value));
  }

  /** Answers with bytes; 304 when the client already has them. */
  static void tagged(RoutingContext context, String contentType, String cacheControl, byte[] body) {
    // Weak, since compression changes the bytes.
    String tag = "W/\"" + hash(body) + "\"";
    HttpServerResponse response = context.response();
    response.putHeader("etag", tag).putHeader("cache-control", cacheControl);
    response.putHeader("vary", "accept-encoding");
    String known = context.request().getHeader("if-none-match");
    if (known != null && (known.equals("*") || known.contains(tag))) {
      response.setStatusCode(304).end();
    } else {
      response.putHeader("content-type", contentType).end(Buffer.buffer(body));
    }
  }

  /** Answers with the problem that an error stands for. */
  static void failed(RoutingContext context, Throwable error) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    if (cause instanceof ProblemException known) {
      problem(context, known.problem());
    } else if (cause instanceof UnanswerableException unanswerable) {
      int status =
          switch (unanswerable.reason()) {
            case TOO_MUCH, MEANINGLESS -> 422;
            case NOT_READY -> 503;
          };
      problem(context, Problem.of(status, unanswerable.getMessage()));
    } else if (cause instanceof StoreException store) {
      LOG.warn("The store did not answer: path={}", context.request().path(), store);
      problem(
          context, Problem.of(503, "The store does not answer now; try again in a few seconds."));
    } else if (cause instanceof TimeoutException) {
      problem(
          context, Problem.of(503, "This takes longer than usual; try again in a few seconds."));
    } else if (cause instanceof RejectedExecutionException) {
      problem(context, Problem.of(503, "Too much is asked at once; try again in a few seconds."));
    } else {
      LOG.error("A request failed: path={}", context.request().path(), cause);
      problem(context, Problem.of(500, "The dashboard failed; its log says how."));
    }
  }

  /** Answers with a problem. */
  static void problem(RoutingContext context, Problem problem) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      // A stream that breaks off must not look whole.
      response.reset();
      return;
    }
    if (problem.status() == 503) {
      response.putHeader("retry-after", "5");
    }
    response
        .setStatusCode(problem.status())
        .putHeader("content-type", Problem.MEDIA_TYPE)
        .putHeader("cache-control", "no-store")
        .end(Buffer.buffer(Wire.toBytes(problem)));
  }

  private static String hash(byte[] body) {
    byte[] digest = Sha256.of(body);
    return HexFormat.of().formatHex(digest, 0, 12);
  }
}
