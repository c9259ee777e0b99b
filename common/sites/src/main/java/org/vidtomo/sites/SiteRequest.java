package org.vidtomo.sites;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.core.wire.Wire;

/**
 * One thing to fetch.
 *
 * @param method {@code GET} or {@code POST}
 * @param url absolute, http or https
 * @param headers beside Host and what every request of ours carries, which they replace
 * @param body of a POST; not copied, not to be changed
 */
public record SiteRequest(
    String method, URI url, Map<String, String> headers, Optional<byte[]> body) {
  public SiteRequest {
    requireNonNull(url, "url");
    headers = Map.copyOf(headers);
    if (!method.equals("GET") && !method.equals("POST")) {
      throw new IllegalArgumentException("the method is GET or POST, not " + method);
    }
    if (body.isPresent() != method.equals("POST")) {
      throw new IllegalArgumentException("a POST has a body, a GET has none");
    }
  }

  public static SiteRequest get(URI url) {
    return new SiteRequest("GET", url, Map.of(), Optional.empty());
  }

  /** A POST of JSON. */
  public static SiteRequest post(URI url, JsonNode json) {
    Map<String, String> type = Map.of("Content-Type", "application/json");
    return new SiteRequest("POST", url, type, Optional.of(Wire.toBytes(json)));
  }

  /** The same with one more header. */
  public SiteRequest with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new SiteRequest(method, url, more, body);
  }
}
