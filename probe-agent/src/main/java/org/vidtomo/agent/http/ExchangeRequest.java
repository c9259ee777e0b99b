package org.vidtomo.agent.http;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.core.task.HttpProtocol;

/**
 * One request.
 *
 * @param url absolute, http or https
 * @param headers beside Host
 * @param post what a POST sends; absent for a GET
 * @param bodyLimit time from sending the request in which the body may come; absent for no limit
 *     but the deadline
 */
public record ExchangeRequest(
    URI url,
    Endpoint endpoint,
    HttpProtocol protocol,
    Map<String, String> headers,
    Optional<byte[]> post,
    Optional<Duration> bodyLimit) {
  public ExchangeRequest {
    requireNonNull(url, "url");
    requireNonNull(endpoint, "endpoint");
    requireNonNull(protocol, "protocol");
    headers = Map.copyOf(headers);
    requireNonNull(post, "post");
    requireNonNull(bodyLimit, "bodyLimit");
  }

  /** A GET. */
  public ExchangeRequest(
      URI url,
      Endpoint endpoint,
      HttpProtocol protocol,
      Map<String, String> headers,
      Optional<Duration> bodyLimit) {
    this(url, endpoint, protocol, headers, Optional.empty(), bodyLimit);
  }

  /** The same over another protocol. */
  ExchangeRequest withProtocol(HttpProtocol other) {
    return new ExchangeRequest(url, endpoint, other, headers, post, bodyLimit);
  }

  boolean ssl() {
    return "https".equals(url.getScheme());
  }
}
