package org.vidtomo.dashboard.api;

import io.netty.handler.codec.http.QueryStringEncoder;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Map;
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
  private static final String SCOPE = "/scope";
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
          new Allowed(HttpMethod.GET, SCOPE, Set.of()),
          new Allowed(HttpMethod.POST, "/invites", Set.of()),
          new Allowed(HttpMethod.GET, "/invites", Set.of()),
          new Allowed(HttpMethod.DELETE, "/invites/{id}", Set.of()),
          new Allowed(HttpMethod.GET, "/agents", Set.of()),
          new Allowed(HttpMethod.DELETE, "/agents/{id}", Set.of()),
          new Allowed(HttpMethod.DELETE, "/agents/{id}/flags", Set.of()));

  private final CoordinatorLink link;
  private final Callers callers;

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
          Pattern.compile(path.replace("{id}", path.startsWith("/campaigns") ? UUID : NAME)),
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

  AdminProxy(CoordinatorLink link, Callers callers) {
    this.link = link;
    this.callers = callers;
  }

  void addTo(Router router) {
    router
        .route(PREFIX + "/*")
        .handler(
            context -> {
              try {
                admit(context);
              } catch (ProblemException e) {
                Replies.failed(context, e);
              }
            });
    router
        .route(PREFIX + "/*")
        .handler(BodyHandler.create(false).setBodyLimit(Wire.MAX_BYTES))
        .handler(this::pass);
  }

  private static String rest(RoutingContext context) {
    return context.request().path().substring(PREFIX.length());
  }

  private static Optional<Allowed> allowed(RoutingContext context) {
    HttpMethod method = context.request().method();
    String rest = rest(context);
    return ALLOWED.stream().filter(each -> each.allows(method, rest)).findFirst();
  }

  /** Bodies stand in memory: none is read but of those whom the coordinator knows. */
  private void admit(RoutingContext context) {
    HttpMethod method = context.request().method();
    if (allowed(context).isEmpty()) {
      throw new ProblemException(
          404, method + " " + rest(context) + " is not passed to the coordinator");
    }
    String token = context.request().getHeader("authorization");
    if (token == null) {
      throw new ProblemException(401, "send the token as \"Authorization: Bearer …\"");
    }
    callers.mustNotWait(context, token);
    if (!method.equals(HttpMethod.POST)) {
      context.next();
      return;
    }
    context.request().pause();
    callers
        .scope(context)
        .onSuccess(scope -> context.next())
        .onFailure(error -> Replies.failed(context, error))
        .onComplete(known -> context.request().resume());
  }

  private void pass(RoutingContext context) {
    String rest = rest(context);
    if (rest.equals(SCOPE)) {
      scope(context);
    } else {
      String query = allowed(context).orElseThrow().query(context.queryParams());
      String token = context.request().getHeader("authorization");
      forward(context, "/api/v1" + rest + query, token);
    }
  }

  private void scope(RoutingContext context) {
    if (link.coordinator().isEmpty()) {
      Replies.failed(context, CoordinatorLink.unknown());
      return;
    }
    callers
        .scope(context)
        .onSuccess(
            scope -> {
              context.response().putHeader("cache-control", "no-store");
              context
                  .response()
                  .putHeader("content-type", "application/json")
                  .end(Buffer.buffer(Wire.toBytes(Map.of("scope", scope.orElseThrow()))));
            })
        .onFailure(error -> Replies.failed(context, error));
  }

  private void forward(RoutingContext context, String path, String token) {
    CoordinatorLink.Question question =
        new CoordinatorLink.Question(
            context.request().method(),
            path,
            token,
            Optional.ofNullable(context.request().getHeader("content-type")),
            Optional.ofNullable(context.body().buffer()));
    link.ask(question)
        .onSuccess(answer -> answer(context, answer))
        .onFailure(
            error -> {
              if (error instanceof ProblemException) {
                Replies.failed(context, error);
                return;
              }
              LOG.warn("The coordinator does not answer: path={}", path, error);
              Replies.problem(context, Problem.of(502, "The coordinator does not answer."));
            });
  }

  private void answer(RoutingContext context, CoordinatorLink.Answer answer) {
    if (answer.status() == 401) {
      callers.wrong(context);
    }
    context.response().setStatusCode(answer.status()).putHeader("cache-control", "no-store");
    answer.contentType().ifPresent(type -> context.response().putHeader("content-type", type));
    answer.retryAfter().ifPresent(wait -> context.response().putHeader("retry-after", wait));
    context.response().end(answer.body());
  }
}
