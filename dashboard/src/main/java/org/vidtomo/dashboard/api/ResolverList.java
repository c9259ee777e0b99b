package org.vidtomo.dashboard.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vidtomo.dashboard.api.Routes.Request;
import org.vidtomo.dashboard.compare.CellTable;
import org.vidtomo.dashboard.compare.Comparer;
import org.vidtomo.dashboard.compare.Comparison;
import org.vidtomo.dashboard.compare.Comparisons;
import org.vidtomo.dashboard.compare.CrossedCells;
import org.vidtomo.dashboard.compare.Dimension;
import org.vidtomo.dashboard.compare.Filter;
import org.vidtomo.dashboard.compare.Metric;
import org.vidtomo.dashboard.index.IndexedCells;
import org.vidtomo.dashboard.index.ResolverUse;

/**
 * {@code resolvers}: who was asked for the host that served the media, how soon each answered, and
 * whether it leads elsewhere than the system's resolver; for all, or for each ISP.
 */
final class ResolverList {
  private final IndexedCells cells;
  private final Comparisons comparisons;

  ResolverList(IndexedCells cells, Comparisons comparisons) {
    this.cells = cells;
    this.comparisons = comparisons;
  }

  private record Key(Filter filter, Optional<Dimension> by) {}

  private record Resolvers(List<Resolver> resolvers) {}

  /** A resolver, of a group if groups are told apart. */
  private record Of(Optional<String> key, String resolver) {}

  /**
   * A resolver.
   *
   * @param key of the group that asked; absent when all are one
   * @param failedShare each agent weighing the same
   * @param resolveSeconds the median, each agent weighing the same
   * @param rttSeconds the median delay to the first address that it gave
   * @param sameAddress share of measurements in which it gives the system's address
   * @param sameNetwork share of measurements in which its address is in the system's network
   */
  private record Resolver(
      Optional<String> key,
      String resolver,
      int measurements,
      int agents,
      OptionalDouble failedShare,
      OptionalDouble resolveSeconds,
      OptionalDouble rttSeconds,
      OptionalDouble sameAddress,
      OptionalDouble sameNetwork) {}

  void addTo(Routes routes) {
    routes.view("/api/v1/resolvers", CsvViews.RESOLVERS, Parameters.FILTER, this::answer, "by");
  }

  private CompletionStage<?> answer(Request request) {
    Key key = new Key(request.parameters().filter(), request.parameters().byLine());
    return comparisons.computed(key, now -> resolvers(key));
  }

  private Resolvers resolvers(Key key) {
    Map<Of, Comparison.Group> resolve = groups(key, Metric.RESOLVE_TIME);
    Map<Of, Comparison.Group> rtt = groups(key, Metric.RTT);
    Map<Of, Comparison.Group> failed = groups(key, Metric.FAILURE_RATIO);
    return new Resolvers(
        cells.resolvers(key.filter(), key.by()).stream()
            .map(use -> resolver(use, resolve, rtt, failed))
            .toList());
  }

  private Map<Of, Comparison.Group> groups(Key key, Metric metric) {
    if (key.by().isEmpty()) {
      CellTable table = cells.resolverCells(metric, key.filter());
      return Comparer.DEFAULT.describe(metric, table).stream()
          .collect(
              Collectors.toMap(
                  group -> new Of(Optional.empty(), group.key()), Function.identity()));
    }
    CrossedCells crossed = cells.resolverCells(metric, key.filter(), key.by().get());
    return Comparer.DEFAULT.describe(metric, crossed.cells()).stream()
        .collect(
            Collectors.toMap(
                group ->
                    new Of(Optional.of(crossed.outer(group.key())), crossed.inner(group.key())),
                Function.identity()));
  }

  private static Resolver resolver(
      ResolverUse use,
      Map<Of, Comparison.Group> resolve,
      Map<Of, Comparison.Group> rtt,
      Map<Of, Comparison.Group> failed) {
    Of key = new Of(use.key(), use.resolver());
    return new Resolver(
        use.key(),
        use.resolver(),
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
