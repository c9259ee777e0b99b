package org.vidtomo.dashboard.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.vidtomo.dashboard.api.Routes.Request;
import org.vidtomo.dashboard.compare.Comparisons;
import org.vidtomo.dashboard.compare.Filter;
import org.vidtomo.dashboard.index.Facet;
import org.vidtomo.dashboard.index.IndexedCells;
import org.vidtomo.storage.CampaignStore;

/** {@code filters}: what a page can offer to choose from. */
final class FilterRoutes {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;

  private final Comparisons comparisons;
  private final IndexedCells cells;
  private final CampaignStore campaigns;

  FilterRoutes(Comparisons comparisons, IndexedCells cells, CampaignStore campaigns) {
    this.comparisons = comparisons;
    this.cells = cells;
    this.campaigns = campaigns;
  }

  private record Key(Filter filter, int most, boolean all) {}

  private record Filters(Instant computedAt, List<Facet> filters) {}

  private Facet named(Facet ofCampaigns) {
    Map<String, Optional<String>> names =
        campaigns.list().stream()
            .collect(Collectors.toMap(each -> each.id().toString(), each -> each.options().name()));
    return new Facet(
        ofCampaigns.filter(),
        ofCampaigns.values().stream()
            .map(
                each ->
                    new Facet.Value(
                        each.value(),
                        names.getOrDefault(each.value(), Optional.empty()),
                        each.measurements()))
            .toList());
  }

  void addTo(Routes routes) {
    routes.view("/api/v1/filters", CsvViews.FILTERS, Parameters.FILTER, this::filters, "limit");
  }

  private CompletionStage<?> filters(Request request) {
    Key key =
        new Key(
            request.parameters().filter(),
            request.parameters().limit(USUAL, MOST),
            request.seesAll());
    return comparisons.computed(
        key,
        now ->
            new Filters(
                now,
                cells.facets(key.filter(), agent -> key.all(), key.most()).stream()
                    .map(facet -> facet.filter().equals("campaign") ? named(facet) : facet)
                    .toList()));
  }
}
