package org.vidtomo.coordinator.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.request.InvalidRequestException;
import org.vidtomo.coordinator.request.RefusedException;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.runtime.http.Problem;

/** Errors as the API tells them (RFC 9457), a request's faults in the member {@code errors}. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  /** Answers a request that failed. */
  static void answer(RoutingContext context, Throwable error) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    Problem problem = problem(context, error);
    if (problem.status() == 401) {
      response.putHeader("www-authenticate", "Bearer");
    }
    if (problem.status() == 413) {
      // The rest of the body is not read.
      response.putHeader("connection", "close");
    }
    response
        .setStatusCode(problem.status())
        .putHeader("content-type", Problem.MEDIA_TYPE)
        .end(Buffer.buffer(Wire.toBytes(problem)));
  }

  private static Problem problem(RoutingContext context, Throwable error) {
    if (error instanceof InvalidRequestException invalid) {
      return Problem.of(400, error.getMessage())
          .because(
              invalid.faults().stream()
                  .map(fault -> new Problem.Fault(fault.field(), fault.detail()))
                  .toList());
    }
    if (error instanceof WireException) {
      return Problem.of(400, error.getMessage());
    }
    if (error instanceof RefusedException refused) {
      return Problem.of(status(refused), refused.getMessage());
    }
    if (error instanceof HttpException http) {
      return Problem.of(http.getStatusCode(), String.valueOf(detail(http)));
    }
    String occurrence = "urn:uuid:" + UUID.randomUUID();
    LOG.warn(
        "A request failed: method={} path={} instance={}",
        context.request().method(),
        context.request().path(),
        occurrence,
        error);
    return Problem.of(500, "Look for " + occurrence + " in the coordinator's log.")
        .occurring(occurrence);
  }

  private static int status(RefusedException refused) {
    return switch (refused.why()) {
      case NOT_FOUND -> 404;
      case NOT_ALLOWED, NOT_INVITED -> 403;
      case CONFLICT -> 409;
      case UNAVAILABLE -> 503;
    };
  }

  private static String detail(HttpException http) {
    return http.getPayload() == null ? http.getMessage() : http.getPayload();
  }
}
