package org.vidtomo.dashboard.api;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.dashboard.DashboardSettings;
import org.vidtomo.dashboard.compare.Comparisons;
import org.vidtomo.dashboard.compare.FilteredMeasurements;
import org.vidtomo.dashboard.index.IndexedCells;
import org.vidtomo.dashboard.web.WebPage;
import org.vidtomo.messaging.Delivery;
import org.vidtomo.runtime.http.Problem;
import org.vidtomo.runtime.operations.Operations;

/** All routes of the dashboard. */
public final class Api implements AutoCloseable {
  private static final int WORKERS = 8;

  /** More than 64 MB of answers in memory wait for no slow clients, and none longer than this. */
  private static final long UNTAKEN_BYTES = 64L << 20;

  private static final Duration UNTAKEN = Duration.ofMinutes(2);

  private final Router router;
  private final Routes routes;
  private final WorkerExecutor workers;
  private final LiveEvents live;
  private final ExportRoute exports;

  /**
   * Routes over these sources.
   *
   * @param settings where {@code /api/v1/admin} leads, and whom to trust there
   */
  public Api(
      Vertx vertx,
      Sources sources,
      Comparisons comparisons,
      IndexedCells cells,
      DashboardSettings settings,
      Operations operations,
      Clock clock) {
    requireNonNull(sources, "sources");
    workers = vertx.createSharedWorkerExecutor("dashboard-read", WORKERS);
    router = Router.router(vertx);
    CoordinatorLink link =
        new CoordinatorLink(vertx, settings.coordinator(), settings.authorities());
    Callers callers = new Callers(link, clock);
    LatestAgents agents = new LatestAgents(cells, clock);
    AgentNames names = new AgentNames(agents, settings.hideAgentsBelow());
    routes = new Routes(vertx, router, workers, callers, names);
    WebPage page = WebPage.read();
    router.route().handler(new Untaken(vertx, UNTAKEN_BYTES, UNTAKEN)::handle);
    router.route().handler(context -> secure(context, page.contentSecurityPolicy()));
    routes.get("/health", context -> operations.health(context.request()));
    routes.get("/metrics", context -> operations.metrics(context.request()));
    FilteredMeasurements filtered =
        new FilteredMeasurements(sources.measurements(), sources.campaigns(), clock);
    MeasurementPages pages = new MeasurementPages(sources.measurements(), filtered, cells);
    PublicReports reports = new PublicReports(sources.reports());
    Campaigns campaigns =
        new Campaigns(sources.campaigns(), sources.tasks(), sources.measurements(), clock);
    EventHub hub = new EventHub(vertx, settings.beat());
    live = new LiveEvents(vertx, hub, routes, campaigns, names, cells::poke);
    VideoTitles titles = new VideoTitles(cells, sources.measurements(), clock);
    new CompareRoutes(comparisons, cells, titles).addTo(routes);
    new VideoRoutes(comparisons, cells, titles).addTo(routes);
    new CacheRoutes(comparisons, cells).addTo(routes);
    new ResolverList(cells, comparisons).addTo(routes);
    new FailureRoutes(comparisons, cells).addTo(routes);
    new FilterRoutes(comparisons, cells, sources.campaigns()).addTo(routes);
    new MeasurementRoutes(pages, reports).addTo(routes);
    new CampaignRoutes(
            campaigns,
            new Agents(sources.agents(), agents, cells::flags, settings.hideAgentsBelow()))
        .addTo(routes);
    exports =
        new ExportRoute(
            vertx,
            sources,
            filtered,
            new DataSets(sources.campaigns(), campaigns, filtered, clock));
    exports.addTo(routes);
    routes.get(
        "/api/v1/events",
        context -> {
          routes.request(context, Set.of());
          hub.add(context);
        });
    new AdminProxy(link, callers).addTo(router);
    byte[] openApi = openApi();
    routes.get(
        "/openapi.json",
        context -> Replies.tagged(context, "application/json; charset=utf-8", "no-cache", openApi));
    addPage(routes, page);
    addErrors();
  }

  /** Handles requests. */
  public Handler<HttpServerRequest> handler() {
    return router;
  }

  /** The paths that answer GET, but for the page's. */
  List<String> paths() {
    return routes.paths();
  }

  /** Begins to send events. */
  public void start() {
    live.start();
  }

  /** Takes an outcome from the broker. */
  public void outcome(Delivery delivery) {
    live.outcome(delivery);
  }

  /** How many listen to events. */
  public int listeners() {
    return live.listeners();
  }

  @Override
  public void close() {
    live.close();
    exports.close();
    workers.close();
  }

  private static void secure(RoutingContext context, String policy) {
    context
        .response()
        .putHeader("content-security-policy", policy)
        .putHeader("x-content-type-options", "nosniff")
        .putHeader("referrer-policy", "no-referrer")
        .putHeader("cross-origin-opener-policy", "same-origin")
        .putHeader("cross-origin-resource-policy", "same-origin");
    context.next();
  }

  private static void addPage(Routes routes, WebPage page) {
    routes
        .router()
        .get()
        .handler(
            context ->
                page.find(context.request().path())
                    .ifPresentOrElse(asset -> Replies.asset(context, asset), context::next));
  }

  private void addErrors() {
    router.route().failureHandler(context -> failed(context, context.statusCode()));
    for (int status : new int[] {400, 404, 405, 406, 413, 415, 500}) {
      router.errorHandler(status, context -> failed(context, status));
    }
  }

  private static void failed(RoutingContext context, int status) {
    String asked = context.request().method() + " " + context.request().path();
    int known = status >= 400 ? status : 500;
    if (context.failure() != null && known == 500) {
      Replies.failed(context, context.failure());
    } else {
      if (known == 405) {
        context.response().putHeader("allow", "GET, HEAD");
      }
      Replies.problem(context, Problem.of(known, detail(known, asked)));
    }
  }

  private static String detail(int status, String asked) {
    return switch (status) {
      case 404 -> "there is no " + asked + " here; /openapi.json says what there is";
      case 405 -> asked + " is not allowed; /openapi.json says what is";
      case 413 -> "the body is over %d bytes".formatted(Wire.MAX_BYTES);
      default -> asked + " cannot be answered";
    };
  }

  private static byte[] openApi() {
    try (InputStream in = Api.class.getResourceAsStream("openapi.json")) {
      return requireNonNull(in, "openapi.json is not in the build").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("reading openapi.json", e);
    }
  }
}
