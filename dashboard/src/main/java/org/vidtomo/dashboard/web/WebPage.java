package org.vidtomo.dashboard.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files of the page, read from the class path once. They need no build step and ask no other
 * host for anything.
 */
public final class WebPage {
  /**
   * No inline script or style, nothing from elsewhere, no HTML made from text (trusted types). Data
   * comes from networks that nobody vouches for; this stands behind the page's own care.
   */
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  /** Addresses of views: all are the one page, which looks at the address itself. */
  private static final Pattern VIEW =
      Pattern.compile("/|/campaigns(/[0-9a-f-]+)?|/measurements(/[0-9a-f-]+)?|/agents");

  private static final String ASSETS = "/assets/";
  private static final List<String> FILES =
      List.of(
          "api.js",
          "app.js",
          "chart.js",
          "dom.js",
          "format.js",
          "icon.svg",
          "live.js",
          "style.css",
          "texts.js",
          "views/agents.js",
          "views/campaign.js",
          "views/campaigns.js",
          "views/measurement.js",
          "views/measurements.js",
          "views/overview.js");
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "html", "text/html; charset=utf-8");

  private final Map<String, Asset> assets = new TreeMap<>();
  private final Asset index;

  /** A file with its media type. */
  public record Asset(String contentType, byte[] body) {}

  /** Reads the files. */
  public WebPage() {
    index = read("index.html");
    FILES.forEach(name -> assets.put(ASSETS + name, read(name)));
  }

  /** What to answer to a path, if it is one of the page's. */
  public Optional<Asset> find(String path) {
    return VIEW.matcher(path).matches()
        ? Optional.of(index)
        : Optional.ofNullable(assets.get(path));
  }

  private static Asset read(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1);
    try (InputStream in = WebPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the file " + name + " of the page is not in the build");
      }
      return new Asset(TYPES.get(extension), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("reading the file " + name + " of the page", e);
    }
  }
}
