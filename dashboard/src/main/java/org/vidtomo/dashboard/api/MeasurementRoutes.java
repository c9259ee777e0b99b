package org.vidtomo.dashboard.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.ReportAssignment;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.dashboard.api.Routes.Request;
import org.vidtomo.storage.ReportReader.TaskReport;

/** {@code measurements}. */
final class MeasurementRoutes {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 500;

  private final MeasurementPages pages;
  private final PublicReports reports;

  MeasurementRoutes(MeasurementPages pages, PublicReports reports) {
    this.pages = pages;
    this.reports = reports;
  }

  void addTo(Routes routes) {
    routes.table(
        "/api/v1/measurements",
        CsvViews.MEASUREMENTS,
        Parameters.FILTER,
        this::list,
        "limit",
        MeasurementPages.CURSOR);
    routes.json("/api/v1/measurements/:id", Set.of(), this::measurement);
    routes.json(
        "/api/v1/measurements/:id/plot", Set.of(), request -> PlaybackPlot.of(report(request)));
  }

  private record MeasurementList(List<MeasurementSummary> measurements, Optional<String> next) {}

  private Object list(Request request) {
    Parameters parameters = request.parameters();
    MeasurementPages.Page page =
        pages.read(
            parameters.filter(),
            parameters.text(MeasurementPages.CURSOR),
            parameters.limit(DEFAULT_LIMIT, MAX_LIMIT));
    page.next()
        .ifPresent(next -> Replies.linkNext(request.context(), MeasurementPages.CURSOR, next));
    return new MeasurementList(
        page.items().stream()
            .map(each -> MeasurementSummary.of(each, request.mayName(each.agentId())))
            .toList(),
        page.next());
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
    if (!request.mayName(report.agent().id())) {
      PublicReports.hideAgent(tree);
    }
    for (JsonNode each : tree.path("reportsOfTask")) {
      if (!request.mayName(each.path("agentId").asText())) {
        ((ObjectNode) each).remove("agentId");
      }
    }
    return tree;
  }

  private Report report(Request request) {
    return reports
        .find(request.id())
        .orElseThrow(
            () -> new ProblemException(404, "there is no measurement " + request.id() + " here"));
  }
}
