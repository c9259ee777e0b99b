package org.vidtomo.runtime.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.runtime.Version;

/**
 * Calls the HTTP APIs of coordinator and dashboard: JSON in, JSON out, blocking. For commands and
 * enrolment. Thread-safe.
 *
 * <p>Not the client that measures: that one pins addresses, tells phases apart and is fast, and
 * lives with the agent. This one is the JDK's, which follows the system's trust store and costs no
 * dependency where a command only asks for a campaign's state.
 */
public final class JsonHttp {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final String ADVICE = "is it running, and is the URL right?";
  private static final int MAX_TEXT_CHARS = 300;

  private final URI base;
  private final Supplier<Optional<String>> authorization;
  private final Duration timeout;
  private final HttpClient client;
  private final String advice;

  private JsonHttp(
      URI base,
      Supplier<Optional<String>> authorization,
      Duration timeout,
      HttpClient client,
      String advice) {
    this.base = base;
    this.authorization = authorization;
    this.timeout = timeout;
    this.client = client;
    this.advice = advice;
  }

  /**
   * A client of the server at this URL.
   *
   * @param token of the bearer, sent with each call
   * @param timeout for a whole call
   * @param certificates PEM file of the authorities to trust for https; empty: the system's
   * @throws IOException when the certificates cannot be read
   */
  public static JsonHttp to(
      URI base, Optional<String> token, Duration timeout, Optional<Path> certificates)
      throws IOException {
    requireNonNull(token, "token");
    requireNonNull(timeout, "timeout");
    if (!"http".equals(base.getScheme()) && !"https".equals(base.getScheme())) {
      throw new IllegalArgumentException(
          "must be a URL such as http://host:8081, is \"" + base + "\"");
    }
    // A request with a body that also asks for HTTP/2 makes some servers close the connection.
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER);
    if (certificates.isPresent()) {
      client.sslContext(Trust.context(certificates.get()));
    }
    Optional<String> bearer = token.map(t -> "Bearer " + t);
    return new JsonHttp(base, () -> bearer, timeout, client.build(), ADVICE);
  }

  /**
   * The same client with another way to say who calls.
   *
   * @param header the value of {@code Authorization}, asked for at each call
   */
  public JsonHttp authorizedBy(Supplier<String> header) {
    return new JsonHttp(base, () -> Optional.of(header.get()), timeout, client, advice);
  }

  /**
   * The same client with other words on what to do when nothing answers.
   *
   * @param advice ends the sentence "nothing answers at URL; …"
   */
  public JsonHttp advising(String advice) {
    return new JsonHttp(base, authorization, timeout, client, requireNonNull(advice, "advice"));
  }

  /** A client with 30 s for each call that trusts the system's authorities. */
  public static JsonHttp to(URI base, Optional<String> token) throws IOException {
    return to(base, token, Duration.ofSeconds(30), Optional.empty());
  }

  /** The URL that paths are appended to. */
  public URI base() {
    return base;
  }

  /**
   * GET.
   *
   * @param path from {@code /}, with its query
   * @throws JsonHttpException saying what was called and what is wrong
   */
  public <T> T get(String path, Class<T> type) throws JsonHttpException, InterruptedException {
    return call("GET", path, BodyPublishers.noBody(), type);
  }

  /** POST of a value as JSON. */
  public <T> T post(String path, Object body, Class<T> type)
      throws JsonHttpException, InterruptedException {
    return call("POST", path, BodyPublishers.ofByteArray(Wire.toBytes(body)), type);
  }

  /**
   * The time in the header {@code Date} of an answer to GET, to the second; empty if it has none.
   * The status does not matter.
   */
  public Optional<Instant> date(String path) throws JsonHttpException, InterruptedException {
    HttpResponse<InputStream> response = send(request("GET", path, BodyPublishers.noBody()));
    bounded("GET", path, response.body());
    try {
      return response
          .headers()
          .firstValue("date")
          .map(text -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * POST of lines of text, read while they are sent.
   *
   * @param limit for the whole call, in place of the client's timeout
   */
  public <T> T postLines(String path, InputStream lines, Duration limit, Class<T> type)
      throws JsonHttpException, InterruptedException {
    HttpRequest.Builder request =
        request("POST", path, BodyPublishers.ofInputStream(() -> lines))
            .timeout(limit)
            .setHeader("content-type", "text/plain; charset=utf-8");
    return read("POST", path, answer("POST", path, request), type);
  }

  /** DELETE that is answered. */
  public <T> T delete(String path, Class<T> type) throws JsonHttpException, InterruptedException {
    return call("DELETE", path, BodyPublishers.noBody(), type);
  }

  /** {@code DELETE} without an answer. */
  public void delete(String path) throws JsonHttpException, InterruptedException {
    exchange("DELETE", path, BodyPublishers.noBody());
  }

  /**
   * GET of an answer that is read while it comes: an export, or server-sent events. The timeout
   * holds until its headers are there. Close it.
   */
  public InputStream stream(String path) throws JsonHttpException, InterruptedException {
    HttpResponse<InputStream> response =
        send(request("GET", path, BodyPublishers.noBody()).setHeader("accept", "*/*"));
    if (response.statusCode() / 100 != 2) {
      throw refused("GET", path, response.statusCode(), bounded("GET", path, response.body()));
    }
    return response.body();
  }

  private <T> T call(String method, String path, BodyPublisher body, Class<T> type)
      throws JsonHttpException, InterruptedException {
    return read(method, path, exchange(method, path, body), type);
  }

  private <T> T read(String method, String path, byte[] answer, Class<T> type)
      throws JsonHttpException {
    try {
      return Wire.read(answer, type);
    } catch (WireException e) {
      throw new JsonHttpException(
          "%s %s: the answer is %s; is this the right URL?"
              .formatted(method, url(path), e.getMessage()),
          e);
    }
  }

  private byte[] exchange(String method, String path, BodyPublisher body)
      throws JsonHttpException, InterruptedException {
    return answer(method, path, request(method, path, body));
  }

  private byte[] answer(String method, String path, HttpRequest.Builder request)
      throws JsonHttpException, InterruptedException {
    HttpResponse<InputStream> response = send(request);
    byte[] answer = bounded(method, path, response.body());
    if (response.statusCode() / 100 != 2) {
      throw refused(method, path, response.statusCode(), answer);
    }
    return answer;
  }

  private HttpRequest.Builder request(String method, String path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url(path))
            .method(method, body)
            .timeout(timeout)
            .header("user-agent", Version.software())
            .header("accept", "application/json")
            .header("content-type", "application/json");
    authorization.get().ifPresent(value -> request.header("authorization", value));
    return request;
  }

  private HttpResponse<InputStream> send(HttpRequest.Builder builder)
      throws JsonHttpException, InterruptedException {
    HttpRequest request = builder.build();
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (ConnectException e) {
      throw new JsonHttpException(
          "%s %s: nothing answers at %s; %s"
              .formatted(request.method(), request.uri(), base, advice),
          e);
    } catch (IOException e) {
      throw new JsonHttpException(
          "%s %s: %s; %s".formatted(request.method(), request.uri(), reason(e), advice), e);
    }
  }

  private byte[] bounded(String method, String path, InputStream body) throws JsonHttpException {
    // The client's own timeout ends with the answer's head.
    CompletableFuture<Void> late =
        CompletableFuture.runAsync(
            () -> closeQuietly(body),
            CompletableFuture.delayedExecutor(timeout.toNanos(), TimeUnit.NANOSECONDS));
    try (body) {
      return body.readNBytes(Wire.MAX_BYTES + 1);
    } catch (IOException e) {
      throw new JsonHttpException(
          "%s %s: the answer broke off: %s".formatted(method, url(path), reason(e)), e);
    } finally {
      late.cancel(false);
    }
  }

  private static void closeQuietly(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException("ending an answer", e);
    }
  }

  private JsonHttpException refused(String method, String path, int status, byte[] body) {
    Problem problem = problem(status, body);
    return new JsonHttpException(
        "%s %s was answered with %d %s".formatted(method, url(path), status, problem.line()),
        problem);
  }

  private static Problem problem(int status, byte[] body) {
    if (status >= 400 && status <= 599) {
      try {
        return Wire.read(body, Problem.class);
      } catch (WireException e) {
        return Problem.of(status, plainText(body));
      }
    }
    return Problem.of(502, "an answer with status " + status + " was not expected");
  }

  /** What an answer says that is no JSON, such as /health's; not a web page. */
  private static String plainText(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).strip().replaceAll("\\s*\\R\\s*", "; ");
    boolean plain = !text.startsWith("<") && text.chars().noneMatch(Character::isISOControl);
    return plain ? text.substring(0, Math.min(MAX_TEXT_CHARS, text.length())) : "";
  }

  private URI url(String path) {
    String start = base.toString();
    return URI.create(
        (start.endsWith("/") ? start.substring(0, start.length() - 1) : start) + path);
  }

  private static String reason(IOException e) {
    return e.getMessage() != null ? e.getMessage() : e.getClass().getSimpleName();
  }
}
