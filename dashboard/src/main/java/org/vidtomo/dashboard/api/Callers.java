package org.vidtomo.dashboard.api;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.memory.BoundedMaps;
import org.vidtomo.core.trust.Sha256;
import org.vidtomo.runtime.http.TokenGuard;

/**
 * Who asks: whether the token that came with a request is one that the coordinator knows. What it
 * knew is kept for a minute, by the token's hash; wrong ones are counted. Thread-safe.
 */
final class Callers {
  private static final Logger LOG = LoggerFactory.getLogger(Callers.class);

  /** Fewer in all than what the coordinator takes from one address: this dashboard's. */
  private static final TokenGuard.Limits WRONG =
      new TokenGuard.Limits(10, 50, Duration.ofMinutes(1));

  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final int MOST_KEPT = 1_000;

  private final CoordinatorLink link;
  private final TokenGuard guard;
  private final Clock clock;
  private final Map<String, Known> known = BoundedMaps.byUse(MOST_KEPT);

  private record Known(String scope, Instant until) {}

  Callers(CoordinatorLink link, Clock clock) {
    this.link = link;
    this.clock = clock;
    guard = new TokenGuard(WRONG, clock);
  }

  /**
   * What the request's token allows.
   *
   * @return empty: it has none, or there is no coordinator to ask; fails with 401 when it is not
   *     known, with 429 when too many were not
   */
  Future<Optional<String>> scope(RoutingContext context) {
    String authorization = context.request().getHeader("authorization");
    if (authorization == null || link.coordinator().isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    Optional<String> kept = kept(authorization);
    if (kept.isPresent()) {
      return Future.succeededFuture(kept);
    }
    try {
      mustNotWait(context, authorization);
    } catch (ProblemException e) {
      return Future.failedFuture(e);
    }
    return link.ask(CoordinatorLink.Question.get("/api/v1/whoami", authorization))
        .recover(
            error -> {
              LOG.warn("The coordinator does not answer: url={}", link.coordinator().get(), error);
              return Future.failedFuture(
                  new ProblemException(
                      503, "the coordinator, which knows the tokens, does not answer now"));
            })
        .map(answer -> scope(context, authorization, answer));
  }

  private Optional<String> scope(
      RoutingContext context, String authorization, CoordinatorLink.Answer answer) {
    String scope = answer.status() == 200 ? answer.body().toJsonObject().getString("scope") : null;
    if (scope != null) {
      keep(authorization, scope);
      return Optional.of(scope);
    }
    if (answer.status() != 200 && answer.status() != 401) {
      throw new ProblemException(503, "the coordinator does not answer questions now");
    }
    wrong(context);
    throw new ProblemException(401, "the token is not known");
  }

  /**
   * Checks that who asks has not sent too many wrong tokens; a token that is known never waits.
   *
   * @throws ProblemException 429
   */
  void mustNotWait(RoutingContext context, String authorization) {
    if (kept(authorization).isPresent()) {
      return;
    }
    guard
        .waits(address(context))
        .ifPresent(
            wait -> {
              context.response().putHeader("retry-after", TokenGuard.seconds(wait));
              throw new ProblemException(429, "too many tokens from here were not known; wait");
            });
  }

  /** Notes that a token was not known. */
  void wrong(RoutingContext context) {
    guard.wrong(address(context));
  }

  private Optional<String> kept(String authorization) {
    synchronized (known) {
      Known found = known.get(hash(authorization));
      return found != null && clock.instant().isBefore(found.until())
          ? Optional.of(found.scope())
          : Optional.empty();
    }
  }

  private void keep(String authorization, String scope) {
    synchronized (known) {
      known.put(hash(authorization), new Known(scope, clock.instant().plus(KEPT)));
    }
  }

  private static String hash(String authorization) {
    return HexFormat.of().formatHex(Sha256.of(authorization.getBytes(StandardCharsets.UTF_8)));
  }

  private static String address(RoutingContext context) {
    return context.request().remoteAddress().hostAddress();
  }
}
