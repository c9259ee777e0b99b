package org.vidtomo.dashboard.api;

import io.netty.handler.codec.http.QueryStringEncoder;
import io.vertx.core.MultiMap;
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
import java.util.Set;
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
  private static final String NAME = "[A-Za-z0-9._-]{1,100}";
  private static final List<Allowed> ALLOWED =
      List.of(
          new Allowed(HttpMethod.GET, "/campaigns", Set.of()),
          new Allowed(HttpMethod.POST, "/campaigns", Set.of("dryRun")),
          new Allowed(HttpMethod.GET, "/campaigns/{id}", Set.of()),
          new Allowed(HttpMethod.POST, "/campaigns/{id}/pause", Set.of()),
          new Allowed(HttpMethod.POST, "/campaigns/{id}/resume", Set.of()),
          new Allowed(HttpMethod.POST, "/campaigns/{id}/cancel", Set.of()),
          new Allowed(HttpMethod.GET, "/alerts", Set.of()),
          new Allowed(HttpMethod.POST, "/invites", Set.of()),
          new Allowed(HttpMethod.GET, "/agents", Set.of()),
          new Allowed(HttpMethod.DELETE, "/agents/{id}", Set.of()));

  private final HttpClient client;
  private final Optional<URI> coordinator;

  /**
   * What is passed on.
   *
   * @param path with {@code {id}} for an id
   * @param parameters that go with it; whatever else is asked is left out
   */
  private record Allowed(HttpMethod method, String path, Pattern pattern, Set<String> parameters) {
    Allowed(HttpMethod method, String path, Set<String> parameters) {
      this(
          method,
          path,
          Pattern.compile(path.replace("{id}", path.startsWith("/agents") ? NAME : UUID)),
          parameters);
    }

    boolean allows(HttpMethod asked, String rest) {
      return method.equals(asked) && pattern.matcher(rest).matches();
    }

    /** The request's parameters that go with it, as a query. */
    String query(MultiMap given) {
      QueryStringEncoder query = new QueryStringEncoder("");
      given.entries().stream()
          .filter(entry -> parameters.contains(entry.getKey()))
          .forEach(entry -> query.addParam(entry.getKey(), entry.getValue()));
      return query.toString();
    }
  }

  /** What is passed on: method, a space, path. */
  static List<String> routes() {
    return ALLOWED.stream().map(each -> each.method() + " " + PREFIX + each.path()).toList();
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
    Optional<Allowed> allowed =
        ALLOWED.stream().filter(each -> each.allows(method, rest)).findFirst();
    if (allowed.isEmpty()) {
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
    String query = allowed.get().query(context.queryParams());
    forward(context, coordinator.get(), "/api/v1" + rest + query, token);
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
