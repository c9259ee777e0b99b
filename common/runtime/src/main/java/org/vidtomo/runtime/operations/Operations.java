package org.vidtomo.runtime.operations;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.vidtomo.runtime.AddressMask;
import org.vidtomo.runtime.Component;
import org.vidtomo.runtime.Health;

/**
 * {@code GET /health} and {@code GET /metrics} for any HTTP server. With vertx-web: {@code
 * router.get("/health").handler(c -> operations.health(c.request()))}.
 */
public final class Operations {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final Vertx vertx;
  private final Supplier<List<Component>> components;
  private final Metrics metrics;

  /**
   * Asks the components at each request.
   *
   * @param components such as {@code lifecycle::components}
   */
  public Operations(Vertx vertx, Supplier<List<Component>> components, Metrics metrics) {
    this.vertx = requireNonNull(vertx, "vertx");
    this.components = requireNonNull(components, "components");
    this.metrics = requireNonNull(metrics, "metrics");
  }

  /**
   * What is answered.
   *
   * @param status of HTTP
   */
  public record Answer(int status, String contentType, String body) {}

  /**
   * One line a component: {@code name: ok, detail}, without full public addresses. 503 if one is
   * down; a degraded one still works.
   */
  public static Answer health(List<Component> components) {
    StringBuilder lines = new StringBuilder();
    boolean down = false;
    for (Component component : components) {
      Health health = check(component);
      down |= health.status() == Health.Status.DOWN;
      lines.append(component.name()).append(": ");
      lines.append(health.status().name().toLowerCase(Locale.ROOT));
      lines.append(health.detail().isEmpty() ? "" : ", " + health.detail()).append('\n');
    }
    return new Answer(down ? 503 : 200, TEXT, AddressMask.mask(lines.toString()));
  }

  /** Answers {@code GET /health}. */
  public void health(HttpServerRequest request) {
    answer(request, () -> health(components.get()));
  }

  /** Answers {@code GET /metrics}. */
  public void metrics(HttpServerRequest request) {
    answer(request, () -> new Answer(200, PROMETHEUS, metrics.scrape()));
  }

  // Checks may take a moment, which an event loop must not.
  private void answer(HttpServerRequest request, Callable<Answer> work) {
    vertx
        .executeBlocking(work, false)
        .otherwise(e -> new Answer(500, TEXT, e + "\n"))
        .onSuccess(
            answer ->
                request
                    .response()
                    .setStatusCode(answer.status())
                    .putHeader("content-type", answer.contentType())
                    .putHeader("cache-control", "no-store")
                    .end(answer.body()));
  }

  private static Health check(Component component) {
    try {
      return component.check();
    } catch (RuntimeException e) {
      return Health.down("the check failed: " + e);
    }
  }
}
