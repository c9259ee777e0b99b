package org.vidtomo.sites;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** One spelling for the URLs of one page, so that it is measured and counted once. */
public final class CanonicalUrl {
  /** Say where a visitor came from, not what is on the page. */
  private static final Set<String> TRACKING =
      Set.of("fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "_ga");

  private CanonicalUrl() {}

  /** RFC 3986 §6.2.2 and §6.2.3, and without visitors' marks. The order of parameters stays. */
  public static URI of(URI url) {
    URI normal = url.normalize();
    String path = upperCaseEscapes(normal.getRawPath());
    while (path.startsWith("/../")) {
      path = path.substring(3);
    }
    String query = normal.getRawQuery() == null ? "" : kept(normal.getRawQuery());
    return URI.create(
        normal.getScheme()
            + "://"
            + hostAndPort(normal)
            + path
            + (query.isEmpty() ? "" : "?" + upperCaseEscapes(query)));
  }

  private static String hostAndPort(URI url) {
    return url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
  }

  private static String kept(String query) {
    return Arrays.stream(query.split("&"))
        .filter(parameter -> !parameter.isEmpty() && !tracking(parameter))
        .collect(Collectors.joining("&"));
  }

  private static boolean tracking(String parameter) {
    String name = parameter.replaceFirst("=.*", "").toLowerCase(Locale.ROOT);
    return name.startsWith("utm_") || TRACKING.contains(name);
  }

  private static String upperCaseEscapes(String text) {
    StringBuilder out = new StringBuilder(text);
    for (int i = out.indexOf("%"); i >= 0 && i + 2 < out.length(); i = out.indexOf("%", i + 3)) {
      out.replace(i + 1, i + 3, out.substring(i + 1, i + 3).toUpperCase(Locale.ROOT));
    }
    return out.toString();
  }
}
