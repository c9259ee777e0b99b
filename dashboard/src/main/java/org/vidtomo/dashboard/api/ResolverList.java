package org.vidtomo.dashboard.api;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vidtomo.dashboard.compare.Comparison;
import org.vidtomo.dashboard.compare.Comparisons;
import org.vidtomo.dashboard.compare.Dimension;
import org.vidtomo.dashboard.compare.Filter;
import org.vidtomo.dashboard.compare.Metric;
import org.vidtomo.dashboard.compare.View;
import org.vidtomo.dashboard.index.IndexedCells;
import org.vidtomo.dashboard.index.ResolverUse;

/**
 * {@code resolvers}: who was asked for the host that served the media, how soon each answered, and
 * whether it leads elsewhere than the system's resolver.
 */
final class ResolverList {
  private final IndexedCells cells;
  private final Comparisons comparisons;

  ResolverList(IndexedCells cells, Comparisons comparisons) {
    this.cells = cells;
    this.comparisons = comparisons;
  }

  private record Resolvers(List<Resolver> resolvers) {}

  /**
   * A resolver.
   *
   * @param failedShare each agent weighing the same
   * @param resolveSeconds the median, each agent weighing the same
   * @param rttSeconds the median delay to the first address that it gave
   * @param sameAddress share of measurements in which it gives the system's address
   * @param sameNetwork share of measurements in which its address is in the system's network
   */
  private record Resolver(
      String resolver,
      int measurements,
      int agents,
      OptionalDouble failedShare,
      OptionalDouble resolveSeconds,
      OptionalDouble rttSeconds,
      OptionalDouble sameAddress,
      OptionalDouble sameNetwork) {}

  void answer(Routes routes, RoutingContext context) {
    Filter filter = routes.request(context, Parameters.FILTER).parameters().filter();
    Future<Map<String, Comparison.Group>> resolve = groups(context, Metric.RESOLVE_TIME, filter);
    Future<Map<String, Comparison.Group>> rtt = groups(context, Metric.RTT, filter);
    Future<Map<String, Comparison.Group>> failed = groups(context, Metric.FAILURE_RATIO, filter);
    Future<List<ResolverUse>> uses = routes.blocking(() -> cells.resolvers(filter));
    Future.all(uses, resolve, rtt, failed)
        .onSuccess(
            done ->
                Replies.json(
                    context,
                    new Resolvers(
                        uses.result().stream()
                            .map(
                                use ->
                                    resolver(use, resolve.result(), rtt.result(), failed.result()))
                            .toList())))
        .onFailure(error -> Replies.failed(context, error));
  }

  private Future<Map<String, Comparison.Group>> groups(
      RoutingContext context, Metric metric, Filter filter) {
    return Future.fromCompletionStage(
            comparisons.compare(new View(metric, Dimension.RESOLVER, filter)),
            context.vertx().getOrCreateContext())
        .map(
            comparison ->
                comparison.groups().stream()
                    .collect(Collectors.toMap(Comparison.Group::key, Function.identity())));
  }

  private static Resolver resolver(
      ResolverUse use,
      Map<String, Comparison.Group> resolve,
      Map<String, Comparison.Group> rtt,
      Map<String, Comparison.Group> failed) {
    String key = use.resolver();
    return new Resolver(
        key,
        use.measurements(),
        use.agents(),
        of(failed.get(key), Comparison.Group::mean),
        of(resolve.get(key), Comparison.Group::p50),
        of(rtt.get(key), Comparison.Group::p50),
        use.sameAddress(),
        use.sameNetwork());
  }

  private static OptionalDouble of(
      Comparison.Group group, Function<Comparison.Group, OptionalDouble> value) {
    return group == null ? OptionalDouble.empty() : value.apply(group);
  }
}
