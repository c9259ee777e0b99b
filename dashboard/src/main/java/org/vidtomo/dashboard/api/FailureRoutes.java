package org.vidtomo.dashboard.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vidtomo.dashboard.api.Routes.Request;
import org.vidtomo.dashboard.compare.Comparer;
import org.vidtomo.dashboard.compare.Comparison;
import org.vidtomo.dashboard.compare.Comparison.Interval;
import org.vidtomo.dashboard.compare.Comparisons;
import org.vidtomo.dashboard.compare.Dimension;
import org.vidtomo.dashboard.compare.Filter;
import org.vidtomo.dashboard.compare.Metric;
import org.vidtomo.dashboard.compare.View;
import org.vidtomo.dashboard.index.FailureUse;
import org.vidtomo.dashboard.index.IndexedCells;

/** {@code failures}: how the measurements of each group ended. */
final class FailureRoutes {
  private final Comparisons comparisons;
  private final IndexedCells cells;

  FailureRoutes(Comparisons comparisons, IndexedCells cells) {
    this.comparisons = comparisons;
    this.cells = cells;
  }

  private record Key(Filter filter, Dimension by) {}

  private record Failures(
      Dimension by,
      Instant computedAt,
      String method,
      Optional<String> leftOut,
      List<Group> groups) {}

  /**
   * One group.
   *
   * @param failureRatio the mean that {@code compare} tells, each agent weighing the same
   */
  private record Group(
      String key,
      int measurements,
      int agents,
      int ok,
      int counted,
      int against,
      OptionalDouble failureRatio,
      Optional<Interval> interval,
      List<FailureUse.Kind> failures) {}

  void addTo(Routes routes) {
    routes.view("/api/v1/failures", CsvViews.FAILURES, Parameters.FILTER, this::failures, "by");
  }

  private CompletionStage<?> failures(Request request) {
    Parameters parameters = request.parameters();
    Key key = new Key(parameters.filter(), parameters.byLine().orElse(Dimension.PROVIDER));
    CompletableFuture<Comparison> ratio =
        comparisons.compare(new View(Metric.FAILURE_RATIO, key.by(), key.filter()));
    CompletableFuture<FailureUse> uses =
        comparisons.computed(key, now -> cells.failures(key.filter(), key.by()));
    return uses.thenCombine(ratio, (use, comparison) -> answer(key.by(), use, comparison));
  }

  private static Failures answer(Dimension by, FailureUse use, Comparison comparison) {
    Map<String, Comparison.Group> ratios =
        comparison.groups().stream()
            .collect(Collectors.toMap(Comparison.Group::key, Function.identity()));
    return new Failures(
        by,
        comparison.computedAt(),
        Comparer.METHOD,
        use.leftOut(),
        use.groups().stream()
            .map(ended -> group(ended, Optional.ofNullable(ratios.get(ended.key()))))
            .toList());
  }

  private static Group group(FailureUse.Ended ended, Optional<Comparison.Group> ratio) {
    return new Group(
        ended.key(),
        ended.measurements(),
        ended.agents(),
        ended.ok(),
        ended.counted(),
        ended.against(),
        ratio.map(Comparison.Group::mean).orElse(OptionalDouble.empty()),
        ratio.flatMap(Comparison.Group::interval),
        ended.failures());
  }
}
