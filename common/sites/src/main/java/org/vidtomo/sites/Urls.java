package org.vidtomo.sites;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vidtomo.core.network.Literals;

/** URLs as they are met in pages and headers: read the way browsers do, within bounds. */
public final class Urls {
  /** Longer ones are refused. */
  public static final int MAX_LENGTH = 8192;

  private static final int MAX_PORT = 65_535;

  // RFC 3986 §2.2 and §2.3, and the percent sign of what is encoded already.
  private static final String KEPT =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#@!$&'()*+,;=%";

  private static final String HEX = "0123456789ABCDEF";

  /** Of a host, RFC 1035 §2.3.4, with a scheme and a port; converting longer ones takes long. */
  private static final int MAX_HOST = 300;

  private static final Pattern STREAMING =
      Pattern.compile("(rtmp(e|s|t|te|ts)?|rtsp[su]?|mms[hut]?)://", Pattern.CASE_INSENSITIVE);

  private Urls() {}

  /**
   * An absolute http or https URL with a host.
   *
   * @return empty when it is none
   */
  public static Optional<URI> http(String text) {
    return parse(text)
        .filter(Urls::isHttp)
        .map(Urls::normalHost)
        .filter(url -> url.getHost() != null && url.getPort() <= MAX_PORT && url.getPort() != 0);
  }

  /**
   * An absolute URL of a streaming protocol that is not HTTP, as older players and cameras use.
   *
   * @return empty when it is none
   */
  public static Optional<URI> streaming(String text) {
    return STREAMING.matcher(text.stripLeading()).lookingAt()
        ? parse(text).filter(uri -> uri.getRawAuthority() != null)
        : Optional.empty();
  }

  /**
   * A link on a page or in a Location header (RFC 9110 §10.2.2), relative ones included.
   *
   * @return empty when the result is not an http or https URL
   */
  public static Optional<URI> resolve(URI base, String link) {
    return parse(link).flatMap(uri -> resolved(base, uri)).flatMap(uri -> http(uri.toString()));
  }

  private static Optional<URI> resolved(URI base, URI link) {
    String text = link.toString();
    if (text.startsWith("?")) {
      // java.net.URI follows RFC 2396 here and would drop the last path segment.
      return parse(withoutQuery(base) + text);
    }
    try {
      return Optional.of(text.isEmpty() ? base : base.resolve(link));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String withoutQuery(URI base) {
    String path =
        base.getRawPath() == null || base.getRawPath().isEmpty() ? "/" : base.getRawPath();
    return base.getScheme() + "://" + base.getRawAuthority() + path;
  }

  private static Optional<URI> parse(String text) {
    String trimmed = text.strip();
    // Other letters grow ninefold, and ids and keys are made of what comes out.
    String url = trimmed.length() > MAX_LENGTH ? trimmed : encoded(trimmed);
    if (url.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(new URI(url));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Percent-encodes what RFC 3986 does not allow; the host's own letters are left alone. */
  private static String encoded(String text) {
    int afterScheme = text.indexOf("//");
    int hostEnd = afterScheme < 0 ? 0 : authorityEnd(text, afterScheme + 2);
    StringBuilder out = new StringBuilder(asciiHost(text.substring(0, hostEnd)));
    byte[] bytes = text.substring(hostEnd).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xff);
      boolean barePercent = c == '%' && !(hex(bytes, i + 1) && hex(bytes, i + 2));
      if (KEPT.indexOf(c) < 0 || barePercent) {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static int authorityEnd(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if ("/?#".indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  private static boolean hex(byte[] bytes, int i) {
    return i < bytes.length && Character.digit(bytes[i], 16) >= 0;
  }

  private static String asciiHost(String schemeAndAuthority) {
    boolean ascii = schemeAndAuthority.chars().allMatch(c -> c < 128);
    if (ascii || schemeAndAuthority.length() > MAX_HOST) {
      return schemeAndAuthority;
    }
    int host = schemeAndAuthority.indexOf("//") + 2;
    try {
      return schemeAndAuthority.substring(0, host)
          + IDN.toASCII(schemeAndAuthority.substring(host));
    } catch (IllegalArgumentException e) {
      return schemeAndAuthority;
    }
  }

  private static boolean isHttp(URI uri) {
    return "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
  }

  /**
   * Lower case scheme and host, no dot at the host's end, no fragment, a path: what is the same for
   * every server.
   */
  private static URI normalHost(URI uri) {
    if (uri.getHost() == null) {
      return uri;
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String user = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo() + "@";
    int port = uri.getPort() == defaultPort(scheme) ? -1 : uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return URI.create(
        scheme + "://" + user + host(uri.getHost()) + (port < 0 ? "" : ":" + port) + path + query);
  }

  private static String host(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** The port that a URL's server listens on. */
  public static int port(URI url) {
    return url.getPort() >= 0 ? url.getPort() : defaultPort(url.getScheme());
  }

  /** The host, and the port where it is not the scheme's own, as they stand in a URL. */
  public static String hostAndPort(URI url) {
    return url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
  }

  /** The host without the brackets of an IPv6 address. */
  public static String host(URI url) {
    return Literals.bare(url.getHost());
  }

  private static int defaultPort(String scheme) {
    return "https".equalsIgnoreCase(scheme) ? 443 : 80;
  }
}
