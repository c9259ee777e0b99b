package org.vidtomo.agent.locate;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vidtomo.agent.http.ResponseHead;
import org.vidtomo.sites.Urls;

/**
 * What sites asked to be sent back within one lookup, each to its own host only (RFC 6265). Paths
 * and dates don't matter in so short a time; nothing outlives the lookup.
 */
final class Cookies {
  private static final int MAX = 50;
  private static final int MAX_LENGTH = 4096;

  private final Map<Key, String> values = new LinkedHashMap<>();

  private record Key(String host, boolean secure, String name) {}

  /**
   * Takes what a response sets.
   *
   * @return whether anything is new
   */
  boolean take(URI url, ResponseHead head) {
    boolean changed = false;
    for (String line : head.header("set-cookie").orElse("").split("\n")) {
      changed |= take(url, line);
    }
    return changed;
  }

  private boolean take(URI url, String line) {
    String[] parts = line.split(";");
    int equals = parts[0].indexOf('=');
    if (equals <= 0 || line.length() > MAX_LENGTH) {
      return false;
    }
    boolean secure = false;
    boolean over = false;
    for (int i = 1; i < parts.length; i++) {
      String attribute = parts[i].strip();
      secure |= attribute.equalsIgnoreCase("secure");
      over |= attribute.matches("(?i)max-age\\s*=\\s*\"?(0|-\\d+)\"?");
    }
    Key key = new Key(Urls.host(url), secure, parts[0].substring(0, equals).strip());
    String value = parts[0].substring(equals + 1).strip();
    if (over) {
      return values.remove(key) != null;
    }
    boolean room = values.size() < MAX || values.containsKey(key);
    return room && !value.equals(values.put(key, value));
  }

  /** The header for a URL: a site's own cookies first, then those that were set. */
  Optional<String> header(URI url, Optional<String> own) {
    String set =
        values.entrySet().stream()
            .filter(e -> e.getKey().host().equals(Urls.host(url)))
            .filter(e -> !e.getKey().secure() || "https".equals(url.getScheme()))
            .map(e -> e.getKey().name() + "=" + e.getValue())
            .collect(Collectors.joining("; "));
    if (set.isEmpty()) {
      return own;
    }
    return Optional.of(own.map(o -> o + "; " + set).orElse(set));
  }
}
