package org.vidtomo.runtime.http;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An error as an HTTP API tells it (RFC 9457).
 *
 * @param type a URI that names the kind of problem; {@code about:blank}: the status says it all
 * @param title the kind, for a person
 * @param status of HTTP, 400 to 599
 * @param detail what is wrong this time, and what to do
 * @param instance names this occurrence
 * @param errors everything that is wrong with a request, if it is the request
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    Optional<String> instance,
    Optional<List<Fault>> errors) {
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String NO_TYPE = "about:blank";
  private static final Map<Integer, String> TITLES =
      Map.ofEntries(
          Map.entry(400, "Bad request"),
          Map.entry(401, "Not authenticated"),
          Map.entry(403, "Not allowed"),
          Map.entry(404, "Not found"),
          Map.entry(405, "Method not allowed"),
          Map.entry(409, "Conflict"),
          Map.entry(410, "Gone"),
          Map.entry(413, "Too large"),
          Map.entry(415, "Unsupported media type"),
          Map.entry(422, "Not processable"),
          Map.entry(429, "Too many requests"),
          Map.entry(500, "Internal error"),
          Map.entry(502, "Bad gateway"),
          Map.entry(503, "Not available"),
          Map.entry(504, "No answer in time"));

  /**
   * One thing that is wrong with a request.
   *
   * @param field where, such as {@code options.samples} or {@code line 7}
   * @param detail what is wrong and what is allowed
   */
  public record Fault(String field, String detail) {}

  public Problem {
    type = type == null ? NO_TYPE : type;
    title = title == null ? "" : title;
    detail = detail == null ? "" : detail;
    requireNonNull(instance, "instance");
    errors = errors.map(List::copyOf);
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status must be 400 to 599, is " + status);
    }
  }

  /** A problem of a status's own kind. */
  public static Problem of(int status, String detail) {
    return new Problem(
        NO_TYPE,
        TITLES.getOrDefault(status, "Error"),
        status,
        detail,
        Optional.empty(),
        Optional.empty());
  }

  /** The same as this occurrence, to be found in the log. */
  public Problem occurring(String name) {
    return new Problem(type, title, status, detail, Optional.of(name), errors);
  }

  /** The same with everything that is wrong with the request. */
  public Problem because(List<Fault> faults) {
    return new Problem(type, title, status, detail, instance, Optional.of(faults));
  }

  /** One line for a person. */
  public String line() {
    return title.isEmpty() || detail.isEmpty() ? title + detail : title + ": " + detail;
  }
}
