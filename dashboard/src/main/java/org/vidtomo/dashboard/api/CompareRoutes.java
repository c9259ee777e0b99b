package org.vidtomo.dashboard.api;

import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.vidtomo.core.wire.WireName;
import org.vidtomo.dashboard.compare.Comparisons;
import org.vidtomo.dashboard.compare.Dimension;
import org.vidtomo.dashboard.compare.HeatMap;
import org.vidtomo.dashboard.compare.Metric;
import org.vidtomo.dashboard.compare.Series;
import org.vidtomo.dashboard.compare.SideBySide;
import org.vidtomo.dashboard.compare.View;
import org.vidtomo.dashboard.index.IndexedCells;

/**
 * {@code compare}, {@code distribution}, {@code series}, {@code heatmap} and {@code pair}: what is
 * computed from cells.
 */
final class CompareRoutes {
  /** Waits until everything takes part that is stored now. */
  private static final String CURRENT = "current";

  private static final long CURRENT_SECONDS = 30;
  private static final int VIDEOS = 100;
  private static final int MAX_VIDEOS = 500;

  private final Comparisons comparisons;
  private final IndexedCells cells;
  private final VideoTitles titles;

  CompareRoutes(Comparisons comparisons, IndexedCells cells, VideoTitles titles) {
    this.comparisons = comparisons;
    this.cells = cells;
    this.titles = titles;
  }

  /** Of a comparison, what becomes rows. */
  private enum Table implements WireName {
    GROUPS,
    PAIRS
  }

  void addTo(Routes routes) {
    routes.views(
        "/api/v1/compare",
        request ->
            request.parameters().oneOf("table", Table.class, Table.GROUPS) == Table.GROUPS
                ? CsvViews.GROUPS
                : CsvViews.PAIRS,
        Parameters.FILTER,
        request -> compare(request.parameters()),
        "metric",
        "by",
        CURRENT,
        "table");
    add(
        routes,
        "/api/v1/distribution",
        CsvViews.DISTRIBUTION,
        parameters -> comparisons.distribution(parameters.view()),
        "by");
    add(
        routes,
        "/api/v1/series",
        CsvViews.SERIES,
        parameters ->
            comparisons.series(parameters.view(), parameters.oneOf("step", Series.Step.class)),
        "by",
        "step");
    add(routes, "/api/v1/heatmap", CsvViews.HEAT_MAP, this::heatMap, "clock", "day");
    add(
        routes,
        "/api/v1/pair",
        CsvViews.SIDE_BY_SIDE,
        parameters -> titled(routes, parameters, pair(parameters)),
        "by",
        "a",
        "b",
        "limit");
  }

  private CompletionStage<?> compare(Parameters parameters) {
    return parameters.flag(CURRENT)
        ? comparisons.compareCurrent(parameters.view()).orTimeout(CURRENT_SECONDS, TimeUnit.SECONDS)
        : comparisons.compare(parameters.view());
  }

  private CompletionStage<?> heatMap(Parameters parameters) {
    HeatMap.Question question =
        new HeatMap.Question(
            parameters.metric(Metric.STARTUP_DELAY),
            parameters.filter(),
            parameters.oneOf("clock", HeatMap.Clock.class, HeatMap.Clock.LOCAL),
            parameters.oneOf("day", HeatMap.Day.class, HeatMap.Day.DATE));
    return comparisons.computed(question, now -> cells.heatMap(question, now));
  }

  private CompletionStage<?> titled(
      Routes routes, Parameters parameters, CompletionStage<SideBySide> pair) {
    return pair.thenCompose(
        answer ->
            routes
                .blocking(
                    () ->
                        answer.titled(
                            titles.of(
                                answer.videos().stream().map(SideBySide.Video::video).toList(),
                                parameters.filter())))
                .toCompletionStage());
  }

  private CompletionStage<SideBySide> pair(Parameters parameters) {
    String a = parameters.required("a");
    String b = parameters.required("b");
    if (a.equals(b)) {
      throw new ProblemException(400, "a and b must be two");
    }
    View view =
        new View(
            parameters.metric(Metric.STARTUP_DELAY),
            parameters.byLine().orElse(Dimension.PROVIDER),
            parameters.filter());
    return comparisons.sideBySide(
        new SideBySide.Question(view, a, b, parameters.limit(VIDEOS, MAX_VIDEOS)));
  }

  private void add(
      Routes routes,
      String path,
      CsvView csv,
      Function<Parameters, CompletionStage<?>> computation,
      String... more) {
    routes.view(
        path,
        csv,
        Parameters.FILTER,
        request -> computation.apply(request.parameters()),
        Stream.concat(Stream.of("metric"), Arrays.stream(more)).toArray(String[]::new));
  }
}
