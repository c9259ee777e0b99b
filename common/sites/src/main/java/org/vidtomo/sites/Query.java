package org.vidtomo.sites;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parts of a URL that sites name their videos with. */
public final class Query {
  private Query() {}

  /** A parameter's first value, decoded; empty when it is missing, blank or badly encoded. */
  public static Optional<String> parameter(URI url, String name) {
    return parameter(Optional.ofNullable(url.getRawQuery()).orElse(""), name);
  }

  /** The same of a query that is no URL's. */
  public static Optional<String> parameter(String query, String name) {
    return Stream.of(query.split("&"))
        .filter(p -> p.startsWith(name + "="))
        .flatMap(p -> decoded(p.substring(name.length() + 1)).stream())
        .filter(value -> !value.isBlank())
        .findFirst();
  }

  private static Optional<String> decoded(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The path's parts between slashes, decoded, without empty ones. */
  public static List<String> path(URI url) {
    String path = Optional.ofNullable(url.getPath()).orElse("");
    return Stream.of(path.split("/")).filter(part -> !part.isEmpty()).toList();
  }

  /** A URL with parameters, encoded, in the order given: name, value, name, value … */
  public static URI url(String address, String... parameters) {
    Map<String, String> query = new LinkedHashMap<>();
    for (int i = 0; i + 1 < parameters.length; i += 2) {
      query.put(parameters[i], parameters[i + 1]);
    }
    return URI.create(
        address
            + query.entrySet().stream()
                .map(e -> e.getKey() + "=" + encoded(e.getValue()))
                .collect(Collectors.joining("&", query.isEmpty() ? "" : "?", "")));
  }

  /** One part of a path or a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
