package org.vidtomo.coordinator.api;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.vidtomo.coordinator.assign.Fleet;
import org.vidtomo.coordinator.campaign.Campaigns;
import org.vidtomo.coordinator.enrol.Enrolment;
import org.vidtomo.coordinator.enrol.Whoami;
import org.vidtomo.runtime.operations.Operations;

/** The HTTP server of the coordinator: its API, {@code /health} and {@code /metrics}. */
public final class ApiServer implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 5;
  private static final int IDLE_SECONDS = 60;

  private final HttpServer server;
  private final InetSocketAddress listen;

  /** A server that does not listen yet. */
  public ApiServer(
      Vertx vertx,
      InetSocketAddress listen,
      ApiTokens tokens,
      Campaigns campaigns,
      Enrolment enrolment,
      Fleet fleet,
      Whoami whoami,
      Operations operations) {
    this.listen = listen;
    Router router = Router.router(vertx);
    router.get("/health").handler(context -> operations.health(context.request()));
    router.get("/metrics").handler(context -> operations.metrics(context.request()));
    Routes routes = new Routes(router, tokens);
    new CampaignRoutes(campaigns).addTo(router, routes);
    new AgentRoutes(enrolment, new AgentList(fleet), whoami).addTo(routes);
    router.route().failureHandler(ApiServer::failed);
    for (int status : new int[] {404, 405, 406, 415}) {
      router.errorHandler(status, ApiServer::failed);
    }
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setIdleTimeout(IDLE_SECONDS))
            .requestHandler(router);
  }

  /** Begins to listen. */
  public void start() throws IOException, InterruptedException {
    try {
      server
          .listen(listen.getPort(), listen.getHostString())
          .toCompletionStage()
          .toCompletableFuture()
          .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      Throwable reason = e instanceof ExecutionException ? e.getCause() : e;
      throw new IOException(
          "listening for the API on %s:%d: %s; choose another address with coordinator.listen or end what uses it"
              .formatted(listen.getHostString(), listen.getPort(), reason.getMessage()),
          e);
    }
  }

  /** Where it listens. */
  public int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    try {
      server
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("closing the API's server", e);
    }
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
      case 413 ->
          "The body is over %d bytes; send long lists as text/plain, one URL a line."
              .formatted(Routes.MAX_BODY_BYTES);
      case 415 -> "Send application/json, or text/plain with the options in the first line.";
      default -> asked + " could not be answered.";
    };
  }
}
