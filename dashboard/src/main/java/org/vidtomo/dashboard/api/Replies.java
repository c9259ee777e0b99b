package org.vidtomo.dashboard.api;

import io.netty.handler.codec.http.QueryStringEncoder;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.trust.Sha256;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.dashboard.compare.UnanswerableException;
import org.vidtomo.dashboard.web.WebPage;
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

  /** Says where the next page is (RFC 8288): the same request with another parameter. */
  static void linkNext(RoutingContext context, String parameter, String value) {
    QueryStringEncoder next = new QueryStringEncoder(context.request().path());
    context.queryParams().entries().stream()
        .filter(entry -> !entry.getKey().equals(parameter))
        .forEach(entry -> next.addParam(entry.getKey(), entry.getValue()));
    next.addParam(parameter, value);
    context.response().putHeader("link", "<" + next + ">; rel=\"next\"");
  }

  /** Answers with a view in the form that was asked for. */
  static void view(RoutingContext context, Format format, CsvView csv, Object value) {
    context.response().putHeader("vary", "accept, accept-encoding, authorization");
    if (format == Format.JSON) {
      json(context, value);
      return;
    }
    String path = context.request().path();
    context
        .response()
        .putHeader(
            "content-disposition",
            "attachment; filename=\"vidtomo-"
                + path.substring(path.lastIndexOf('/') + 1)
                + ".csv\"");
    byte[] text = csv.text(Wire.mapper().valueToTree(value)).getBytes(StandardCharsets.UTF_8);
    tagged(context, "text/csv; charset=utf-8", "no-cache", text);
  }

  /** Answers with bytes; 304 when the client already has them. */
  static void tagged(RoutingContext context, String contentType, String cacheControl, byte[] body) {
    // Weak, since compression changes the bytes.
    String tag = "W/\"" + hash(body) + "\"";
    HttpServerResponse response = context.response();
    response.putHeader("etag", tag).putHeader("cache-control", cacheControl);
    if (!response.headers().contains("vary")) {
      response.putHeader("vary", "accept-encoding");
    }
    String known = context.request().getHeader("if-none-match");
    if (known != null && (known.equals("*") || known.contains(tag))) {
      response.setStatusCode(304).end();
    } else {
      response.putHeader("content-type", contentType);
      end(context, body);
    }
  }

  /** Of HEAD the body is not sent (RFC 9110 §9.3.2). */
  private static void end(RoutingContext context, byte[] body) {
    if (context.request().method().equals(HttpMethod.HEAD)) {
      context.response().end();
    } else if (!Untaken.end(context, body)) {
      // Of what was to be said nothing is left but that.
      context.response().headers().remove("content-encoding");
      context.response().setStatusCode(503).putHeader("retry-after", "5").end();
    }
  }

  /** Answers with a file of the page, as it was compressed once for all. */
  static void asset(RoutingContext context, WebPage.Asset asset) {
    String accepted = context.request().getHeader("accept-encoding");
    boolean gzip = accepted != null && accepted.contains("gzip");
    // A coding that is named keeps the server from compressing once more.
    context.response().putHeader("content-encoding", gzip ? "gzip" : "identity");
    tagged(
        context,
        asset.contentType(),
        asset.lasting() ? "public, max-age=31536000, immutable" : "no-cache",
        gzip ? asset.gzipped() : asset.body());
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
        .putHeader("cache-control", "no-store");
    end(context, Wire.toBytes(problem));
  }

  private static String hash(byte[] body) {
    byte[] digest = Sha256.of(body);
    return HexFormat.of().formatHex(digest, 0, 12);
  }
}
