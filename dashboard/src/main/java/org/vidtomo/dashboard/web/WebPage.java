package org.vidtomo.dashboard.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.vidtomo.core.trust.Sha256;
import org.vidtomo.core.wire.Wire;

/**
 * The files of the page, read from the class path and compressed once. They need no build step and
 * ask no other host for anything. Their addresses hold a hash of all of them, so that a browser may
 * keep them for good and never mixes two versions.
 */
public final class WebPage {
  /**
   * No inline style, no inline script but the map of module names, nothing from elsewhere, no HTML
   * made from text (trusted types): lit-html makes it from the page's own templates alone, and the
   * default policy of the page lets nothing but an empty text through, with which ECharts clears
   * its element. Data comes from networks that nobody vouches for; this stands behind the page's
   * own care.
   */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self' '%s'; style-src 'self'; img-src 'self';"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types lit-html default";

  /** Addresses of views: all are the one page, which looks at the address itself. */
  private static final Pattern VIEW =
      Pattern.compile(
          "/|/(distribution|series|hours|pair|caches|resolvers|failures|videos|agents)"
              + "|/campaigns(/[0-9a-f-]+|/new)?|/measurements(/[0-9a-f-]+)?");

  private static final String ASSETS = "/assets/";
  private static final String FIRST = "app.js";
  private static final List<String> OTHERS = List.of("icon.svg", "style.css", "theme.js");

  private static final String OVERVIEW = "views/overview.js";
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "html", "text/html; charset=utf-8");

  private final Map<String, Asset> assets = new TreeMap<>();
  private final Asset index;
  private final String policy;

  /**
   * A file as it is sent.
   *
   * @param lasting whether its address is never used for anything else
   */
  public record Asset(String contentType, boolean lasting, byte[] body, byte[] gzipped) {}

  private WebPage(PageModules modules) {
    Map<String, byte[]> files = new TreeMap<>(modules.files());
    OTHERS.forEach(name -> files.put(name, read(name)));
    String html = new String(read("index.html"), StandardCharsets.UTF_8);
    String root = ASSETS + hash(files) + "/";
    files.forEach((path, body) -> assets.put(root + path, asset(path, true, body)));
    String map = Wire.toJson(Map.of("imports", prefixed(modules.imports(), root)));
    policy = CONTENT_SECURITY_POLICY.formatted(source(map));
    index =
        asset(
            "index.html",
            false,
            html.replace("{assets}", root)
                .replace("{imports}", map)
                .replace("{preloads}", preloads(modules, root))
                .getBytes(StandardCharsets.UTF_8));
  }

  /** Reads the page's files. */
  public static WebPage read() {
    return new WebPage(PageModules.from(FIRST));
  }

  /** What to answer to a path, if it is one of the page's. */
  public Optional<Asset> find(String path) {
    return VIEW.matcher(path).matches()
        ? Optional.of(index)
        : Optional.ofNullable(assets.get(path));
  }

  /** The header that guards the page. */
  public String contentSecurityPolicy() {
    return policy;
  }

  private static Map<String, String> prefixed(Map<String, String> imports, String root) {
    Map<String, String> all = new TreeMap<>();
    imports.forEach((name, path) -> all.put(name, root + path));
    return all;
  }

  /** What the overview needs, so that a browser asks for all at once. */
  private static String preloads(PageModules modules, String root) {
    return modules.closure(FIRST, OVERVIEW).stream()
        .map(path -> "<link rel=\"modulepreload\" href=\"" + root + path + "\">")
        .collect(Collectors.joining("\n    "));
  }

  private static Asset asset(String name, boolean lasting, byte[] body) {
    String extension = name.substring(name.lastIndexOf('.') + 1);
    return new Asset(TYPES.get(extension), lasting, body, gzip(body));
  }

  private static String hash(Map<String, byte[]> files) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    files.forEach(
        (path, body) -> {
          all.writeBytes(path.getBytes(StandardCharsets.UTF_8));
          all.writeBytes(body);
        });
    return HexFormat.of().formatHex(Sha256.of(all.toByteArray()), 0, 8);
  }

  /** How a policy names an inline script: by its hash (CSP Level 3, §2.3.1). */
  private static String source(String script) {
    return "sha256-"
        + Base64.getEncoder().encodeToString(Sha256.of(script.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip =
        new GZIPOutputStream(out) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException("compressing a file of the page", e);
    }
    return out.toByteArray();
  }

  private static byte[] read(String name) {
    try (InputStream in = WebPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the file " + name + " of the page is not in the build");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("reading the file " + name + " of the page", e);
    }
  }
}
