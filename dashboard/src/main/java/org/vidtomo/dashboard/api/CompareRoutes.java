package org.vidtomo.dashboard.api;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.vidtomo.dashboard.compare.Comparisons;
import org.vidtomo.dashboard.compare.Series;

/** {@code compare}, {@code distribution} and {@code series}. */
final class CompareRoutes {
  private final Comparisons comparisons;

  CompareRoutes(Comparisons comparisons) {
    this.comparisons = comparisons;
  }

  /** Waits until everything takes part that is stored now. */
  private static final String CURRENT = "current";

  private static final long CURRENT_SECONDS = 30;

  void addTo(Routes routes) {
    add(routes, "/api/v1/compare", this::compare, CURRENT);
    add(routes, "/api/v1/distribution", request -> comparisons.distribution(request.view()));
    add(
        routes,
        "/api/v1/series",
        request ->
            comparisons.series(
                request.view(), request.oneOf("step", Series.Step.class, Series.Step.HOUR)),
        "step");
  }

  private CompletionStage<?> compare(Parameters parameters) {
    return parameters.flag(CURRENT)
        ? comparisons.compareCurrent(parameters.view()).orTimeout(CURRENT_SECONDS, TimeUnit.SECONDS)
        : comparisons.compare(parameters.view());
  }

  private static void add(
      Routes routes,
      String path,
      Function<Parameters, CompletionStage<?>> computation,
      String... more) {
    routes.get(
        path,
        context -> {
          String[] names = withMetric(more);
          Parameters parameters = routes.request(context, Parameters.FILTER, names).parameters();
          answer(context, computation.apply(parameters));
        });
  }

  private static String[] withMetric(String... more) {
    String[] names = java.util.Arrays.copyOf(more, more.length + 2);
    names[more.length] = "metric";
    names[more.length + 1] = "by";
    return names;
  }

  private static void answer(RoutingContext context, CompletionStage<?> computation) {
    Future.fromCompletionStage(computation, context.vertx().getOrCreateContext())
        .onSuccess(value -> Replies.json(context, value))
        .onFailure(error -> Replies.failed(context, error));
  }
}
