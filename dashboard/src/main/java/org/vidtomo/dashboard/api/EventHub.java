package org.vidtomo.dashboard.api;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.runtime.http.Problem;

/**
 * Server-sent events (WHATWG HTML §9.2) to many clients: a bounded number of them, with heartbeats,
 * and a client that does not keep up is let go: its browser connects again by itself. Thread-safe.
 */
final class EventHub {
  static final int MAX_CLIENTS = 200;

  private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);

  /** What a client has not read yet costs memory: 13 MB for all of them at the most. */
  private static final int MAX_QUEUED_BYTES = 64 << 10;

  private final Vertx vertx;
  private final Duration every;

  /**
   * An event, not a comment: a page must notice when it hears nothing any more. It says when the
   * next one comes.
   */
  private final String beat;

  private final Set<HttpServerRequest> clients = ConcurrentHashMap.newKeySet();
  private volatile long heartbeat = -1;

  /**
   * Without clients yet.
   *
   * @param every how often clients hear something at least
   */
  EventHub(Vertx vertx, Duration every) {
    this.vertx = vertx;
    this.every = every;
    beat = "event: beat\ndata: {\"everyMillis\":%d}\n\n".formatted(every.toMillis());
  }

  void start() {
    heartbeat = vertx.setPeriodic(every.toMillis(), id -> send(beat));
  }

  int clients() {
    return clients.size();
  }

  /** Takes a client in. */
  void add(RoutingContext context) {
    if (clients.size() >= MAX_CLIENTS) {
      Replies.problem(context, Problem.of(503, "so many clients listen already: " + MAX_CLIENTS));
      return;
    }
    HttpServerResponse response = context.response();
    response
        .setChunked(true)
        .setWriteQueueMaxSize(MAX_QUEUED_BYTES)
        // Compressed, an event would wait for the next.
        .putHeader("content-encoding", "identity")
        .putHeader("content-type", "text/event-stream")
        .putHeader("cache-control", "no-store")
        .putHeader("x-accel-buffering", "no");
    HttpServerRequest client = context.request();
    response.closeHandler(closed -> clients.remove(client));
    response.exceptionHandler(error -> clients.remove(client));
    clients.add(client);
    response.write("retry: 2000\n\n" + beat);
  }

  /** Tells all clients. */
  void broadcast(String name, Object data) {
    if (!clients.isEmpty()) {
      send("event: " + name + "\ndata: " + Wire.toJson(data) + "\n\n");
    }
  }

  private void send(String text) {
    for (HttpServerRequest client : clients) {
      if (client.response().writeQueueFull()) {
        clients.remove(client);
        LOG.info("A listener was let go, it did not keep up: listeners={}", clients.size());
        Cut.off(client);
      } else {
        client.response().write(text).onFailure(error -> clients.remove(client));
      }
    }
  }

  void close() {
    vertx.cancelTimer(heartbeat);
    clients.forEach(client -> client.response().end());
    clients.clear();
  }
}
