package org.vidtomo.agent.http;

import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Status and headers of a response.
 *
 * @param headers names in lower case, repeated values joined by a comma; those of {@code
 *     set-cookie}, which hold commas (RFC 6265 §3), by a line's end
 */
public record ResponseHead(int status, Map<String, String> headers) {
  public ResponseHead {
    headers = Map.copyOf(headers);
  }

  static ResponseHead of(int status, MultiMap headers) {
    Map<String, String> joined = new LinkedHashMap<>();
    headers.forEach(
        entry ->
            joined.merge(
                entry.getKey().toLowerCase(Locale.ROOT),
                entry.getValue(),
                (first, more) -> first + separator(entry.getKey()) + more));
    return new ResponseHead(status, joined);
  }

  private static String separator(String name) {
    return name.equalsIgnoreCase("set-cookie") ? "\n" : ", ";
  }

  /** A header's value. */
  public Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.get(lowerCaseName));
  }

  /** Content-Length, when it is a number. */
  public OptionalLong contentLength() {
    return number(header("content-length").orElse(""));
  }

  /** The whole resource's length: of Content-Range, else of a response that is whole. */
  public OptionalLong resourceLength() {
    Optional<String> range = header("content-range");
    if (range.isPresent()) {
      return number(range.get().substring(range.get().lastIndexOf('/') + 1));
    }
    return status == 200 && header("content-encoding").isEmpty()
        ? contentLength()
        : OptionalLong.empty();
  }

  /** The server said that it answers ranges. */
  public boolean acceptsRanges() {
    return status == 206 || header("accept-ranges").map("bytes"::equalsIgnoreCase).orElse(false);
  }

  /** A redirect that a Location is to be read of (RFC 9110 §15.4). */
  public boolean redirects() {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  /** 2xx. */
  public boolean successful() {
    return status >= 200 && status < 300;
  }

  private static OptionalLong number(String digits) {
    String text = digits.strip();
    return text.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
