package org.vidtomo.dashboard.api;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.runtime.http.Problem;

/**
 * {@code /api/v1/admin/*}: passed to the coordinator with the caller's token, if it is on the list.
 * The dashboard has no rights of its own, and gives nothing else on: no cookie, no other header.
 */
final class AdminProxy {
  static final String PREFIX = "/api/v1/admin";

  private static final Logger LOG = LoggerFactory.getLogger(AdminProxy.class);
  private static final long TIMEOUT_MILLIS = 10_000;
  private static final String UUID = "[0-9a-fA-F-]{36}";
  private static final List<Allowed> ALLOWED =
      List.of(
          new Allowed(HttpMethod.GET, "/campaigns"),
          new Allowed(HttpMethod.POST, "/campaigns"),
          new Allowed(HttpMethod.GET, "/campaigns/" + UUID),
          new Allowed(HttpMethod.POST, "/campaigns/" + UUID + "/(pause|resume|cancel)"),
          new Allowed(HttpMethod.POST, "/invites"),
          new Allowed(HttpMethod.GET, "/agents"),
          new Allowed(HttpMethod.DELETE, "/agents/[A-Za-z0-9._-]{1,100}"));

  private final HttpClient client;
  private final Optional<URI> coordinator;

  private record Allowed(HttpMethod method, Pattern path) {
    Allowed(HttpMethod method, String path) {
      this(method, Pattern.compile(path));
    }

    boolean allows(HttpMethod asked, String rest) {
      return method.equals(asked) && path.matcher(rest).matches();
    }
  }

  /**
   * Passes on to the coordinator at this URL.
   *
   * @param authorities PEM file of those to trust for https; empty: the system's
   */
  AdminProxy(Vertx vertx, Optional<URI> coordinator, Optional<Path> authorities) {
    HttpClientOptions options = new HttpClientOptions().setConnectTimeout(5_000);
    authorities.ifPresent(
        file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
    this.client = vertx.createHttpClient(options);
    this.coordinator = coordinator;
  }

  void addTo(Routes routes) {
    routes
        .router()
        .route(PREFIX + "/*")
        .handler(BodyHandler.create(false).setBodyLimit(Wire.MAX_BYTES))
        .handler(this::pass);
  }

  private void pass(RoutingContext context) {
    HttpMethod method = context.request().method();
    String rest = context.request().path().substring(PREFIX.length());
    if (ALLOWED.stream().noneMatch(allowed -> allowed.allows(method, rest))) {
      Replies.problem(
          context, Problem.of(404, method + " " + rest + " is not passed to the coordinator"));
      return;
    }
    String token = context.request().getHeader("authorization");
    if (token == null) {
      Replies.problem(context, Problem.of(401, "send the token as \"Authorization: Bearer …\""));
      return;
    }
    if (coordinator.isEmpty()) {
      Replies.problem(
          context,
          Problem.of(503, "this dashboard was not told where the coordinator is: set coordinator"));
      return;
    }
    forward(context, coordinator.get(), "/api/v1" + rest, token);
  }

  private void forward(RoutingContext context, URI base, String path, String token) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(context.request().method())
            .setAbsoluteURI(base.resolve(path).toString())
            .setTimeout(TIMEOUT_MILLIS)
            .putHeader("authorization", token)
            .putHeader("accept", "application/json");
    String contentType = context.request().getHeader("content-type");
    if (contentType != null) {
      options.putHeader("content-type", contentType);
    }
    Buffer body = context.body().buffer();
    client
        .request(options)
        .compose(request -> body == null ? request.send() : request.send(body))
        .compose(answer -> answer.body().map(bytes -> answer(context, answer, bytes)))
        .onFailure(
            error -> {
              LOG.warn("The coordinator does not answer: url={}", base, error);
              Replies.problem(context, Problem.of(502, "The coordinator does not answer."));
            });
  }

  private static Void answer(RoutingContext context, HttpClientResponse answer, Buffer body) {
    context.response().setStatusCode(answer.statusCode()).putHeader("cache-control", "no-store");
    String contentType = answer.getHeader("content-type");
    if (contentType != null) {
      context.response().putHeader("content-type", contentType);
    }
    context.response().end(body);
    return null;
  }
}
