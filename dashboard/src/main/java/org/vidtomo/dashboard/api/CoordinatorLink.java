package org.vidtomo.dashboard.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Asks the coordinator with the token of who asks the dashboard: it has none of its own. */
final class CoordinatorLink {
  private static final long TIMEOUT_MILLIS = 10_000;
  private static final int CONNECT_MILLIS = 5_000;

  private final HttpClient client;
  private final Optional<URI> coordinator;

  /**
   * A question.
   *
   * @param path with its query
   * @param authorization as it came
   */
  record Question(
      HttpMethod method,
      String path,
      String authorization,
      Optional<String> contentType,
      Optional<Buffer> body) {
    static Question get(String path, String authorization) {
      return new Question(HttpMethod.GET, path, authorization, Optional.empty(), Optional.empty());
    }
  }

  /** An answer, whatever its status. */
  record Answer(
      int status, Optional<String> contentType, Optional<String> retryAfter, Buffer body) {
    private static Answer of(HttpClientResponse response, Buffer body) {
      return new Answer(
          response.statusCode(),
          Optional.ofNullable(response.getHeader("content-type")),
          Optional.ofNullable(response.getHeader("retry-after")),
          body);
    }
  }

  /**
   * A link to the coordinator at this URL.
   *
   * @param authorities PEM file of those to trust for https; empty: the system's
   */
  CoordinatorLink(Vertx vertx, Optional<URI> coordinator, Optional<Path> authorities) {
    HttpClientOptions options = new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS);
    authorities.ifPresent(
        file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
    this.client = vertx.createHttpClient(options);
    this.coordinator = coordinator;
  }

  /** Where it is, if that was said. */
  Optional<URI> coordinator() {
    return coordinator;
  }

  /** What is answered where there is none. */
  static ProblemException unknown() {
    return new ProblemException(
        503, "this dashboard was not told where the coordinator is: set coordinator");
  }

  /** Asks; fails when nothing answers. */
  Future<Answer> ask(Question question) {
    if (coordinator.isEmpty()) {
      return Future.failedFuture(unknown());
    }
    RequestOptions options =
        new RequestOptions()
            .setMethod(question.method())
            .setAbsoluteURI(coordinator.get().resolve(question.path()).toString())
            .setTimeout(TIMEOUT_MILLIS)
            .putHeader("authorization", question.authorization())
            .putHeader("accept", "application/json");
    question.contentType().ifPresent(type -> options.putHeader("content-type", type));
    return client
        .request(options)
        .compose(
            request ->
                question.body().isPresent() ? request.send(question.body().get()) : request.send())
        .compose(response -> response.body().map(body -> Answer.of(response, body)));
  }
}
