package org.vidtomo.dashboard.api;

import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;

/**
 * Writes an export to one client: a piece is made when there is room for it, so that a slow client
 * costs a piece of memory and no thread. On the client's event loop.
 *
 * <p>Each step begins the next one with a callback of its own: chaining futures would keep one for
 * every piece until the end.
 */
final class ExportStream {
  private final RoutingContext context;
  private final HttpServerResponse response;
  private final WorkerExecutor workers;
  private final Runnable over;
  private final Duration patience;
  private ExportLines lines;
  private boolean ended;

  /**
   * Nothing is written yet.
   *
   * @param patience with a client that does not take a piece: it is cut off, its place is another's
   * @param over run once, when the last byte is written or the client is gone
   */
  ExportStream(RoutingContext context, WorkerExecutor workers, Duration patience, Runnable over) {
    this.context = context;
    this.response = context.response();
    this.workers = workers;
    this.patience = patience;
    this.over = over;
  }

  /** What an export begins with, made off the event loop. */
  interface Opening {
    ExportLines open();
  }

  /** Begins. The first piece comes before the status: a store that is down is told as it is. */
  void begin(Opening opening, String contentType, String fileName) {
    response.closeHandler(closed -> end());
    response.exceptionHandler(error -> end());
    workers
        .executeBlocking(
            () -> {
              lines = opening.open();
              return lines.next();
            },
            false)
        .onFailure(this::fail)
        .onSuccess(
            first -> {
              if (ended) {
                return;
              }
              response
                  .setChunked(true)
                  .putHeader("cache-control", "no-store")
                  .putHeader("content-type", contentType)
                  .putHeader("content-disposition", "attachment; filename=\"" + fileName + "\"");
              write(first);
            });
  }

  private void next() {
    if (!ended) {
      workers
          .executeBlocking(() -> lines.next(), false)
          .onFailure(this::fail)
          .onSuccess(this::write);
    }
  }

  private void write(Optional<Buffer> piece) {
    if (ended) {
      return;
    }
    if (piece.isEmpty()) {
      response.end();
      end();
      return;
    }
    if (piece.get().length() > 0) {
      response.write(piece.get());
    }
    if (response.writeQueueFull()) {
      long timer = context.vertx().setTimer(patience.toMillis(), id -> Cut.off(context.request()));
      response.drainHandler(
          ready -> {
            if (context.vertx().cancelTimer(timer)) {
              next();
            }
          });
    } else {
      next();
    }
  }

  private void fail(Throwable error) {
    if (!ended) {
      Replies.failed(context, error);
      end();
    }
  }

  private void end() {
    if (!ended) {
      ended = true;
      over.run();
    }
  }
}
