package org.vidtomo.dashboard.api;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireName;
import org.vidtomo.dashboard.compare.Filter;
import org.vidtomo.storage.Measurement;

/**
 * {@code export}: measurements that pass a filter, streamed. As {@code jsonl} a whole report a line
 * (without the agent's address), as {@code csv} a summary a line. Read only as fast as the client
 * takes it.
 */
final class ExportRoute {
  private static final int READ_AT_ONCE = 100;

  private final MeasurementPages pages;
  private final PublicReports reports;

  ExportRoute(MeasurementPages pages, PublicReports reports) {
    this.pages = pages;
    this.reports = reports;
  }

  /** What a line is. */
  enum Format implements WireName {
    JSONL,
    CSV
  }

  void addTo(Routes routes) {
    routes.get("/api/v1/export", context -> export(routes, context));
  }

  private void export(Routes routes, RoutingContext context) {
    Parameters parameters = routes.request(context, Parameters.FILTER, "format").parameters();
    Format format = parameters.oneOf("format", Format.class, Format.JSONL);
    Filter filter = parameters.filter();
    HttpServerResponse response = context.response();
    // The first page before the status, so that a store that is down is told as what it is.
    block(routes, filter, Optional.empty(), format)
        .compose(
            first -> {
              boolean csv = format == Format.CSV;
              response
                  .setChunked(true)
                  .putHeader("cache-control", "no-store")
                  .putHeader(
                      "content-type", csv ? "text/csv; charset=utf-8" : "application/x-ndjson")
                  .putHeader(
                      "content-disposition",
                      "attachment; filename=\"vidtomo." + format.wireName() + "\"");
              return write(response, (csv ? Csv.head() : "") + first.text())
                  .compose(done -> rest(routes, response, filter, first.next(), format));
            })
        .onSuccess(done -> response.end())
        .onFailure(error -> Replies.failed(context, error));
  }

  private record Block(String text, Optional<String> next) {}

  private Future<Void> rest(
      Routes routes,
      HttpServerResponse response,
      Filter filter,
      Optional<String> next,
      Format format) {
    if (next.isEmpty() || response.closed()) {
      return Future.succeededFuture();
    }
    return block(routes, filter, next, format)
        .compose(
            block ->
                write(response, block.text())
                    .compose(done -> rest(routes, response, filter, block.next(), format)));
  }

  private Future<Block> block(Routes routes, Filter filter, Optional<String> next, Format format) {
    return routes.blocking(
        () -> {
          MeasurementPages.Page page = pages.read(filter, next, READ_AT_ONCE);
          StringBuilder text = new StringBuilder();
          page.items().forEach(item -> text.append(line(item, format)));
          return new Block(text.toString(), page.next());
        });
  }

  private String line(Measurement measurement, Format format) {
    if (format == Format.CSV) {
      return Csv.line(MeasurementSummary.of(measurement));
    }
    return reports.find(measurement.reportId()).map(r -> Wire.toJson(r) + "\n").orElse("");
  }

  /** Done when the client has room for more. */
  private static Future<Void> write(HttpServerResponse response, String text) {
    if (text.isEmpty()) {
      return Future.succeededFuture();
    }
    Future<Void> written = response.write(text);
    if (!response.writeQueueFull()) {
      return Future.succeededFuture();
    }
    Promise<Void> drained = Promise.promise();
    response.drainHandler(ready -> drained.tryComplete());
    written.onFailure(drained::tryFail);
    return drained.future();
  }
}
