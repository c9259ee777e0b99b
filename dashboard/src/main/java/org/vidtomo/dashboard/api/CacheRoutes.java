package org.vidtomo.dashboard.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.vidtomo.dashboard.api.Routes.Request;
import org.vidtomo.dashboard.compare.CachePart;
import org.vidtomo.dashboard.compare.Comparer;
import org.vidtomo.dashboard.compare.Comparison;
import org.vidtomo.dashboard.compare.Comparison.Interval;
import org.vidtomo.dashboard.compare.Comparisons;
import org.vidtomo.dashboard.compare.Dimension;
import org.vidtomo.dashboard.compare.Filter;
import org.vidtomo.dashboard.compare.Metric;
import org.vidtomo.dashboard.index.CacheUse;
import org.vidtomo.dashboard.index.IndexedCells;
import org.vidtomo.dashboard.index.ServingUse;

/** {@code caches}: the hosts that served media; {@code serving}: which of them served whom. */
final class CacheRoutes {
  /** Caches whose part is told; {@code share} is of all. */
  private static final int MOST = 50;

  private final Comparisons comparisons;
  private final IndexedCells cells;

  CacheRoutes(Comparisons comparisons, IndexedCells cells) {
    this.comparisons = comparisons;
    this.cells = cells;
  }

  private record CacheList(List<CacheUse> caches) {}

  private record CachesKey(Filter filter) {}

  private record ServingKey(Filter filter, Dimension by, CachePart of) {}

  /** The answer to {@code serving}. */
  private record Serving(
      Dimension by,
      CachePart of,
      Instant computedAt,
      String method,
      Optional<String> leftOut,
      List<Group> groups) {}

  private record Group(String key, int measurements, int agents, List<Part> caches) {}

  /**
   * What one cache served a group.
   *
   * @param rtt the delay to it, in seconds
   */
  private record Part(
      String cache,
      Optional<String> asName,
      int measurements,
      int agents,
      double share,
      Optional<Delay> rtt) {}

  private record Delay(Comparison.Counts n, OptionalDouble p50, Optional<Interval> interval) {
    static Delay of(Comparison.Group group) {
      return new Delay(group.n(), group.p50(), group.interval());
    }
  }

  void addTo(Routes routes) {
    routes.view("/api/v1/caches", CsvViews.CACHES, Parameters.FILTER, this::caches);
    routes.view("/api/v1/serving", CsvViews.SERVING, Parameters.FILTER, this::serving, "by", "of");
  }

  private CompletionStage<?> caches(Request request) {
    Filter filter = request.parameters().filter();
    return comparisons.computed(new CachesKey(filter), now -> new CacheList(cells.caches(filter)));
  }

  private CompletionStage<?> serving(Request request) {
    Parameters parameters = request.parameters();
    ServingKey key =
        new ServingKey(
            parameters.filter(),
            parameters.byLine().orElse(Dimension.PROVIDER),
            parameters.oneOf("of", CachePart.class, CachePart.ASN));
    return comparisons.computed(key, now -> serving(key, now));
  }

  private Serving serving(ServingKey key, Instant now) {
    ServingUse use = cells.serving(key.filter(), key.by(), key.of(), MOST);
    Map<String, Map<String, Delay>> delays =
        Comparer.DEFAULT.describe(Metric.RTT, use.delays().cells()).stream()
            .collect(
                Collectors.groupingBy(
                    group -> use.delays().outer(group.key()),
                    Collectors.toMap(group -> use.delays().inner(group.key()), Delay::of)));
    return new Serving(
        key.by(),
        key.of(),
        now,
        Comparer.METHOD,
        use.leftOut(),
        use.groups().stream()
            .map(group -> group(group, delays.getOrDefault(group.key(), Map.of())))
            .toList());
  }

  private static Group group(ServingUse.Served served, Map<String, Delay> delays) {
    return new Group(
        served.key(),
        served.measurements(),
        served.agents(),
        served.caches().stream()
            .map(
                part ->
                    new Part(
                        part.cache(),
                        part.asName(),
                        part.measurements(),
                        part.agents(),
                        part.share(),
                        Optional.ofNullable(delays.get(part.cache()))))
            .toList());
  }
}
