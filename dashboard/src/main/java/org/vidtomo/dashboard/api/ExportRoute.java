package org.vidtomo.dashboard.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.vidtomo.core.wire.WireName;
import org.vidtomo.dashboard.api.Routes.Request;
import org.vidtomo.dashboard.compare.Filter;
import org.vidtomo.dashboard.compare.FilteredMeasurements;
import org.vidtomo.storage.Campaign;
import org.vidtomo.storage.EnrolledAgent;

/**
 * {@code export}: measurements that pass a filter, streamed. As {@code jsonl} a data set of whole
 * reports (without the agent's address), as {@code csv} a summary a line. {@code export/dataset} is
 * a data set's first line alone, to be kept beside a CSV. Read only as fast as the client takes it.
 */
final class ExportRoute implements AutoCloseable {
  private static final String PATH = "/api/v1/export";

  /** Exports at a time; more are told to come again. Each may have a piece in memory. */
  private static final int MOST = 16;

  private static final int WORKERS = 2;

  /** A piece in so long is 35 kbit/s. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Sources sources;
  private final FilteredMeasurements filtered;
  private final DataSets dataSets;
  private final WorkerExecutor workers;
  private final Semaphore places = new Semaphore(MOST);

  ExportRoute(Vertx vertx, Sources sources, FilteredMeasurements filtered, DataSets dataSets) {
    this.sources = sources;
    this.filtered = filtered;
    this.dataSets = dataSets;
    // Apart from the workers of the lists: a page must not wait behind exports.
    workers = vertx.createSharedWorkerExecutor("dashboard-export", WORKERS);
  }

  /** What a line is. */
  enum Format implements WireName {
    JSONL("application/x-ndjson"),
    CSV("text/csv; charset=utf-8");

    private final String contentType;

    Format(String contentType) {
      this.contentType = contentType;
    }
  }

  void addTo(Routes routes) {
    routes.get(PATH, context -> export(routes, context));
    routes.json(
        PATH + "/dataset",
        Parameters.FILTER,
        request -> {
          Filter filter = request.parameters().filter();
          return dataSets.describe(filter, campaign(filter));
        });
  }

  private void export(Routes routes, RoutingContext context) {
    Request request = routes.request(context, Parameters.FILTER, "format");
    routes
        .answered(request, Future::succeededFuture)
        .onSuccess(known -> export(context, known))
        .onFailure(error -> Replies.failed(context, error));
  }

  private void export(RoutingContext context, Request request) {
    Parameters parameters = request.parameters();
    Format format = parameters.oneOf("format", Format.class, Format.JSONL);
    Filter filter = parameters.filter();
    if (!places.tryAcquire()) {
      throw new RejectedExecutionException("too many exports at once");
    }
    new ExportStream(context, workers, PATIENCE, places::release)
        .begin(
            () -> lines(filter, format, request::mayName),
            format.contentType,
            "vidtomo." + format.wireName());
  }

  private ExportLines lines(Filter filter, Format format, Predicate<String> mayName) {
    Optional<Campaign> campaign = campaign(filter);
    ExportPages pages = ExportPages.of(filter, campaign, sources.measurements(), filtered);
    return format == Format.CSV
        ? new CsvLines(pages, mayName)
        : new JsonLines(
            dataSets.describe(filter, campaign), pages, sources.reports(), providers(), mayName);
  }

  private Optional<Campaign> campaign(Filter filter) {
    return filter
        .campaign()
        .map(
            id ->
                sources
                    .campaigns()
                    .find(id)
                    .orElseThrow(
                        () -> new ProblemException(404, "there is no campaign " + id + " here")));
  }

  private Map<String, String> providers() {
    return sources.agents().list().stream()
        .filter(agent -> agent.provider().isPresent())
        .collect(Collectors.toMap(EnrolledAgent::id, agent -> agent.provider().get(), (a, b) -> a));
  }

  @Override
  public void close() {
    workers.close();
  }
}
