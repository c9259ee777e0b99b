package org.vidtomo.core.report;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * One request of a redirect chain.
 *
 * @param address the address connected to
 * @param protocol {@code HTTP/1.1}, {@code HTTP/2}, {@code HTTP/3}
 * @param tls version and cipher, {@code TLSv1.3 TLS_AES_128_GCM_SHA256}
 * @param alpn what TLS agreed on for it (RFC 7301), {@code h2}; absent when nothing was
 * @param http3Failure why HTTP/3, which was asked for, was not used
 * @param proxied true when a proxy stood between
 * @param headers a selection, names in lower case
 */
public record Hop(
    int index,
    String url,
    String method,
    OptionalInt status,
    Optional<String> location,
    Optional<String> address,
    Optional<String> protocol,
    Optional<String> tls,
    Optional<String> alpn,
    Optional<Failure> http3Failure,
    Optional<Boolean> proxied,
    Phases phases,
    Map<String, String> headers,
    Optional<Failure> failure)
    implements Observation {
  public Hop {
    requireNonNull(url, "url");
    requireNonNull(method, "method");
    phases = phases == null ? Phases.NONE : phases;
    headers =
        headers == null ? Map.of() : java.util.Collections.unmodifiableMap(new TreeMap<>(headers));
  }

  /** The same at another place of a chain. */
  public Hop at(int newIndex) {
    return new Hop(
        newIndex,
        url,
        method,
        status,
        location,
        address,
        protocol,
        tls,
        alpn,
        http3Failure,
        proxied,
        phases,
        headers,
        failure);
  }
}
