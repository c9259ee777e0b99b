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

  // RFC 3986 §2.3.
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private CanonicalUrl() {}

  /** RFC 3986 §6.2.2 and §6.2.3, and without visitors' marks. The order of parameters stays. */
  public static URI of(URI url) {
    String site = url.getScheme() + "://" + Urls.hostAndPort(url);
    String path = URI.create(site + plain(url.getRawPath())).normalize().getRawPath();
    while (path.startsWith("/../")) {
      path = path.substring(3);
    }
    String query = url.getRawQuery() == null ? "" : kept(plain(url.getRawQuery()));
    return URI.create(site + path + (query.isEmpty() ? "" : "?" + query));
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

  /** Escapes in upper case, and none of what needs none. */
  private static String plain(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int code = c == '%' ? code(text, i + 1) : -1;
      if (code >= 0) {
        boolean needless = code < 128 && UNRESERVED.indexOf(code) >= 0;
        out.append(needless ? "" + (char) code : text.substring(i, i + 3).toUpperCase(Locale.ROOT));
        i += 2;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static int code(String text, int at) {
    int high = at + 1 < text.length() ? Character.digit(text.charAt(at), 16) : -1;
    int low = high < 0 ? -1 : Character.digit(text.charAt(at + 1), 16);
    return low < 0 ? -1 : high * 16 + low;
  }
}
