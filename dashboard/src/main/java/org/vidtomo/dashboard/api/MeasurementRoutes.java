package org.vidtomo.dashboard.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.ReportAssignment;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.dashboard.api.Routes.Request;
import org.vidtomo.dashboard.compare.FilteredMeasurements;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.ReportReader.TaskReport;

/** {@code measurements} and {@code caches}. */
final class MeasurementRoutes {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 500;

  private final MeasurementPages pages;
  private final PublicReports reports;
  private final FilteredMeasurements filtered;

  MeasurementRoutes(MeasurementPages pages, PublicReports reports, FilteredMeasurements filtered) {
    this.pages = pages;
    this.reports = reports;
    this.filtered = filtered;
  }

  void addTo(Routes routes) {
    routes.json("/api/v1/measurements", Parameters.FILTER, this::list, "limit", "cursor");
    routes.json("/api/v1/measurements/:id", Set.of(), this::measurement);
    routes.json(
        "/api/v1/measurements/:id/plot", Set.of(), request -> PlaybackPlot.of(report(request)));
    routes.json("/api/v1/caches", Parameters.FILTER, this::caches);
  }

  private record MeasurementList(List<MeasurementSummary> measurements, Optional<String> next) {}

  private record CacheList(List<CacheUse> caches) {}

  /** A host that served media, and to whom. */
  private record CacheUse(
      String host, int measurements, int failed, int agents, List<String> providers) {}

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
    Map<String, List<Measurement>> byHost = new TreeMap<>();
    filtered.each(
        request.parameters().filter(),
        m ->
            m.cacheHost()
                .ifPresent(host -> byHost.computeIfAbsent(host, h -> new ArrayList<>()).add(m)));
    return new CacheList(
        byHost.entrySet().stream()
            .map(e -> use(e.getKey(), e.getValue()))
            .sorted(Comparator.comparingInt(CacheUse::measurements).reversed())
            .toList());
  }

  private static CacheUse use(String host, List<Measurement> measurements) {
    TreeSet<String> providers = new TreeSet<>();
    measurements.forEach(m -> m.provider().ifPresent(providers::add));
    return new CacheUse(
        host,
        measurements.size(),
        (int) measurements.stream().filter(m -> m.outcome() == Outcome.FAILED).count(),
        (int) measurements.stream().map(Measurement::agentId).distinct().count(),
        List.copyOf(providers));
  }
}
