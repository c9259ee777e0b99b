package org.vidtomo.coordinator.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.HttpException;
import java.util.Optional;
import org.vidtomo.coordinator.request.RefusedException;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.runtime.http.TokenGuard;

/** Puts actions on a router: who may, a bounded body, work off the event loop, answers in JSON. */
final class Routes {
  /** A JSON body; longer lists of URLs are streamed as text. */
  static final long MAX_BODY_BYTES = Wire.MAX_BYTES;

  /** Who was invited is nobody yet: many may come at once, each with a body in memory. */
  private static final long MAX_INVITED_BYTES = 16 << 10;

  private static final long MAX_SIGNED_BYTES = 1_024;

  private final Router router;
  private final ApiTokens tokens;
  private final TokenGuard guard;

  /** Answers a request; may block. */
  interface Action {
    Answer run(RoutingContext context) throws Exception;
  }

  /**
   * What is answered.
   *
   * @param body written as JSON; empty: none
   * @param location of what was made
   */
  record Answer(int status, Optional<Object> body, Optional<String> location) {
    static Answer ok(Object body) {
      return new Answer(200, Optional.of(body), Optional.empty());
    }

    static Answer created(Object body, String location) {
      return new Answer(201, Optional.of(body), Optional.of(location));
    }

    static Answer done() {
      return new Answer(204, Optional.empty(), Optional.empty());
    }
  }

  Routes(Router router, ApiTokens tokens, TokenGuard guard) {
    this.router = router;
    this.tokens = tokens;
    this.guard = guard;
  }

  /** An action for callers with a scope. */
  void add(HttpMethod method, String path, Scope scope, Action action) {
    // A route of its own: nothing of the body is read for callers that may not.
    router.route(method, path).handler(context -> authorize(context, scope));
    add(method, path, MAX_BODY_BYTES, action);
  }

  /** An action for everybody. */
  void addPublic(HttpMethod method, String path, Action action) {
    add(method, path, 0, action);
  }

  /** An action for agents, who prove by what they sign that they are one. */
  void addSigned(HttpMethod method, String path, Action action) {
    add(method, path, MAX_SIGNED_BYTES, action);
  }

  private void add(HttpMethod method, String path, long maxBytes, Action action) {
    router
        .route(method, path)
        .handler(BodyHandler.create(false).setBodyLimit(maxBytes))
        .handler(context -> run(context, action));
  }

  /**
   * An action for those who were invited: an invite is as good as a token, so that who sends wrong
   * ones waits as who sends wrong tokens does.
   */
  void addInvited(HttpMethod method, String path, Action action) {
    router
        .route(method, path)
        .handler(
            context -> {
              mustNotWait(context);
              context.next();
            });
    add(
        method,
        path,
        MAX_INVITED_BYTES,
        context -> {
          try {
            return action.run(context);
          } catch (RefusedException e) {
            if (e.why() == RefusedException.Why.NOT_INVITED) {
              wrong(context);
            }
            throw e;
          }
        });
  }

  /** Goes on to the next handler if the caller's token has the scope. */
  void authorize(RoutingContext context, Scope needed) {
    String token =
        bearer(context)
            .orElseThrow(
                () -> new HttpException(401, "Send the token as \"Authorization: Bearer …\"."));
    Scope has =
        known(context, token)
            .orElseThrow(() -> new HttpException(401, "The token is not known here."));
    if (!has.includes(needed)) {
      throw new HttpException(
          403, "The token allows to %s, this needs one that allows to %s.".formatted(has, needed));
    }
    context.next();
  }

  /** What the caller's token allows; empty when it sent none that is known here. */
  Optional<Scope> scope(RoutingContext context) {
    return bearer(context).flatMap(token -> known(context, token));
  }

  /** What a token allows, unless its sender sent too many wrong ones. */
  private Optional<Scope> known(RoutingContext context, String token) {
    mustNotWait(context);
    Optional<Scope> scope = tokens.scope(token);
    if (scope.isEmpty()) {
      wrong(context);
    }
    return scope;
  }

  private void mustNotWait(RoutingContext context) {
    guard
        .waits(address(context))
        .ifPresent(
            wait -> {
              context.response().putHeader("retry-after", TokenGuard.seconds(wait));
              throw new HttpException(
                  429, "Too many tokens or invites from here were not known; wait.");
            });
  }

  private void wrong(RoutingContext context) {
    guard.wrong(address(context));
  }

  private static String address(RoutingContext context) {
    return context.request().remoteAddress().hostAddress();
  }

  private static Optional<String> bearer(RoutingContext context) {
    return Optional.ofNullable(context.request().getHeader("authorization"))
        .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(header -> header.substring(7).strip());
  }

  static void run(RoutingContext context, Action action) {
    context
        .vertx()
        .executeBlocking(() -> action.run(context), false)
        .onSuccess(answer -> send(context, answer))
        .onFailure(error -> Problems.answer(context, error));
  }

  static void send(RoutingContext context, Answer answer) {
    if (context.response().closed()) {
      return;
    }
    context.response().setStatusCode(answer.status()).putHeader("cache-control", "no-store");
    answer.location().ifPresent(to -> context.response().putHeader("location", to));
    if (answer.body().isEmpty()) {
      context.response().end();
      return;
    }
    context
        .response()
        .putHeader("content-type", "application/json")
        .end(Buffer.buffer(Wire.toBytes(answer.body().get())));
  }

  /**
   * The body as JSON.
   *
   * @throws WireException when it is no JSON
   */
  static <T> T body(RoutingContext context, Class<T> type) throws WireException {
    Buffer body = context.body().buffer();
    return Wire.read(body == null ? new byte[0] : body.getBytes(), type);
  }

  /** The body as a JSON tree. */
  static JsonNode tree(RoutingContext context) throws WireException {
    return body(context, JsonNode.class);
  }
}
