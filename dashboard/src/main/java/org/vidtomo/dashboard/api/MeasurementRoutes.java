package org.vidtomo.dashboard.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.ReportAssignment;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.dashboard.api.Routes.Request;
import org.vidtomo.dashboard.index.CacheUse;
import org.vidtomo.dashboard.index.IndexedCells;
import org.vidtomo.storage.ReportReader.TaskReport;

/** {@code measurements}, {@code caches} and {@code resolvers}. */
final class MeasurementRoutes {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 500;

  private final MeasurementPages pages;
  private final PublicReports reports;
  private final IndexedCells cells;
  private final ResolverList resolvers;

  MeasurementRoutes(
      MeasurementPages pages, PublicReports reports, IndexedCells cells, ResolverList resolvers) {
    this.pages = pages;
    this.reports = reports;
    this.cells = cells;
    this.resolvers = resolvers;
  }

  void addTo(Routes routes) {
    routes.json("/api/v1/measurements", Parameters.FILTER, this::list, "limit", "cursor");
    routes.json("/api/v1/measurements/:id", Set.of(), this::measurement);
    routes.json(
        "/api/v1/measurements/:id/plot", Set.of(), request -> PlaybackPlot.of(report(request)));
    routes.json("/api/v1/caches", Parameters.FILTER, this::caches);
    routes.get("/api/v1/resolvers", context -> resolvers.answer(routes, context));
  }

  private record MeasurementList(List<MeasurementSummary> measurements, Optional<String> next) {}

  private record CacheList(List<CacheUse> caches) {}

  private Object list(Request request) {
    Parameters parameters = request.parameters();
    MeasurementPages.Page page =
        pages.read(
            parameters.filter(),
            parameters.text("cursor"),
            parameters.limit(DEFAULT_LIMIT, MAX_LIMIT));
    return new MeasurementList(
        page.items().stream().map(MeasurementSummary::of).toList(), page.next());
  }

  /** The report, and how it stands among the reports of its task: one of them counts. */
  private Object measurement(Request request) {
    Report report = report(request);
    UUID task = report.assignment().map(ReportAssignment::taskId).orElse(report.reportId());
    List<TaskReport> ofTask = reports.ofTask(task);
    boolean counted =
        ofTask.stream()
            .anyMatch(each -> each.counted() && each.reportId().equals(report.reportId()));
    ObjectNode tree = Wire.mapper().valueToTree(report);
    tree.put("counted", counted);
    tree.set("reportsOfTask", Wire.mapper().valueToTree(ofTask));
    return tree;
  }

  private Report report(Request request) {
    return reports
        .find(request.id())
        .orElseThrow(
            () -> new ProblemException(404, "there is no measurement " + request.id() + " here"));
  }

  private Object caches(Request request) {
    return new CacheList(cells.caches(request.parameters().filter()));
  }
}
