package org.vidtomo.dashboard.api;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers that clients have not taken yet. They stand in memory, so that there are only so many
 * bytes of them, and a client that takes too long for its own is cut off: one that reads a byte a
 * minute is never idle. Thread-safe.
 */
final class Untaken {
  private static final String KEY = Untaken.class.getName();

  private final Vertx vertx;
  private final long mostBytes;
  private final Duration patience;
  private final AtomicLong bytes = new AtomicLong();

  /**
   * None yet.
   *
   * @param mostBytes of all answers that wait for their clients
   * @param patience with each of them
   */
  Untaken(Vertx vertx, long mostBytes, Duration patience) {
    this.vertx = requireNonNull(vertx, "vertx");
    this.mostBytes = mostBytes;
    this.patience = requireNonNull(patience, "patience");
  }

  /** Is to see to the request's answer. */
  void handle(RoutingContext context) {
    context.put(KEY, this);
    context.next();
  }

  /** Ends a response with this body; false when there is no room for it. */
  static boolean end(RoutingContext context, byte[] body) {
    Untaken untaken = context.get(KEY);
    if (untaken == null) {
      context.response().end(Buffer.buffer(body));
      return true;
    }
    return untaken.give(context, body);
  }

  private boolean give(RoutingContext context, byte[] body) {
    if (bytes.addAndGet(body.length) > mostBytes) {
      bytes.addAndGet(-body.length);
      return false;
    }
    HttpServerResponse response = context.response();
    long timer = vertx.setTimer(patience.toMillis(), id -> Cut.off(context.request()));
    response
        .end(Buffer.buffer(body))
        .onComplete(
            done -> {
              vertx.cancelTimer(timer);
              bytes.addAndGet(-body.length);
            });
    return true;
  }

  /** How many bytes wait now. */
  long bytes() {
    return bytes.get();
  }
}
