package org.vidtomo.coordinator.api;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.alert.AlertBook;
import org.vidtomo.coordinator.assign.Fleet;
import org.vidtomo.coordinator.campaign.Campaigns;
import org.vidtomo.coordinator.enrol.Enrolment;
import org.vidtomo.coordinator.enrol.Farewell;
import org.vidtomo.coordinator.enrol.Whoami;
import org.vidtomo.runtime.http.HttpListener;
import org.vidtomo.runtime.http.Loopback;
import org.vidtomo.runtime.http.ServerTls;
import org.vidtomo.runtime.http.TokenGuard;
import org.vidtomo.runtime.operations.Operations;

/** The HTTP server of the coordinator: its API, {@code /health} and {@code /metrics}. */
public final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final int IDLE_SECONDS = 60;

  private static final String RETRY_SECONDS = "2";

  /** More than a dashboard passes on in all, so that none is shut out for what others sent it. */
  private static final TokenGuard.Limits WRONG_TOKENS =
      new TokenGuard.Limits(100, 1_000, Duration.ofMinutes(1));

  private final Vertx vertx;
  private final ApiTokens tokens;
  private final TokenGuard guard = new TokenGuard(WRONG_TOKENS, Clock.systemUTC());
  private final Operations operations;
  private final Router standby;
  private final HttpListener listener;
  private final boolean plainForOthers;
  private volatile Router current;

  /**
   * A server that does not listen yet, of a coordinator that does not lead.
   *
   * @param tls empty: plain text, which agents on other machines refuse
   * @param standing where the coordinator stands, for a person
   */
  public ApiServer(
      Vertx vertx,
      InetSocketAddress listen,
      Optional<ServerTls> tls,
      ApiTokens tokens,
      Operations operations,
      Supplier<String> standing) {
    this.vertx = vertx;
    this.tokens = tokens;
    this.operations = operations;
    this.standby = standby(standing);
    this.current = standby;
    plainForOthers = tls.isEmpty() && !Loopback.is(listen.getHostString());
    listener =
        new HttpListener(
            vertx,
            new HttpListener.Place("the API", "coordinator.listen", listen),
            tls,
            new HttpServerOptions().setIdleTimeout(IDLE_SECONDS));
  }

  /**
   * Answers all requests from now on.
   *
   * @param clearFlags of an agent
   */
  public void serve(
      Campaigns campaigns,
      Enrolment enrolment,
      Fleet fleet,
      Whoami whoami,
      Consumer<String> clearFlags,
      Farewell farewell,
      AlertBook alerts) {
    Router router = router();
    Routes routes = new Routes(router, tokens, guard);
    new CampaignRoutes(campaigns, alerts, fleet).addTo(router, routes);
    new AgentRoutes(enrolment, new AgentList(fleet), whoami, clearFlags, farewell).addTo(routes);
    current = router;
  }

  /** Refers all requests but those about this process to the coordinator that leads. */
  public void standBy() {
    current = standby;
  }

  private Router standby(Supplier<String> standing) {
    Router router = router();
    router
        .route("/api/*")
        .handler(
            context -> {
              context.response().putHeader("retry-after", RETRY_SECONDS);
              throw new HttpException(
                  503, "This coordinator does not answer now: %s.".formatted(standing.get()));
            });
    return router;
  }

  private Router router() {
    Router router = Router.router(vertx);
    router.get("/health").handler(context -> operations.health(context.request()));
    router.get("/metrics").handler(context -> operations.metrics(context.request()));
    router.route().failureHandler(ApiServer::failed);
    for (int status : new int[] {404, 405, 406, 415}) {
      router.errorHandler(status, ApiServer::failed);
    }
    return router;
  }

  /** Begins to listen. */
  public void start() throws IOException, InterruptedException {
    if (plainForOthers) {
      LOG.warn(
          "the API is open to others in plain text, which agents refuse: set tls.certificate and"
              + " tls.key, or put a server that speaks TLS before it");
    }
    listener.start(request -> current.handle(request));
  }

  /** Where it listens. */
  public int port() {
    return listener.port();
  }

  @Override
  public void close() {
    listener.close();
  }

  private static void failed(RoutingContext context) {
    Throwable failure = context.failure();
    boolean explained = failure != null && !(failure instanceof HttpException);
    int status = context.statusCode() > 0 ? context.statusCode() : 500;
    Throwable told =
        explained || (failure instanceof HttpException http && http.getPayload() != null)
            ? failure
            : new HttpException(status, detail(context, status));
    Problems.answer(context, told);
  }

  private static String detail(RoutingContext context, int status) {
    String asked = context.request().method() + " " + context.request().path();
    return switch (status) {
      case 404 -> "There is no " + asked + ".";
      case 405 -> asked + " is not allowed.";
      case 413 -> "The body is too long for this; send long lists as text/plain, one URL a line.";
      case 415 -> "Send application/json, or text/plain with the options in the first line.";
      default -> asked + " could not be answered.";
    };
  }
}
