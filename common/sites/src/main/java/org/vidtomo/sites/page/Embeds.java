package org.vidtomo.sites.page;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.vidtomo.sites.Sites;

/** Pages of players within a page, likely ones first. */
final class Embeds {
  private static final Pattern PLAYER =
      Pattern.compile("(?i)player|embed|video|iframe|/e/|media|stream|watch|/v/");
  private static final Pattern NOT =
      Pattern.compile(
          "(?i)googletagmanager|doubleclick|facebook\\.com/(plugins|tr)|/ads?/|adserver|recaptcha"
              + "|comment|disqus|about:|twitter\\.com|consent|analytics|captcha|newsletter|chat");
  private static final Pattern PARAMETERS =
      Pattern.compile("(?i)[^?]*(config|param|setup|playerdata|videodata|embed)[^/]*");
  private static final int MAX_ELEMENTS = 50;

  private Embeds() {}

  /** Frames of players. */
  static List<URI> of(HtmlPage page) {
    List<URI> known = new ArrayList<>();
    List<URI> likely = new ArrayList<>();
    page.html().select("iframe, frame, embed[src], object[data]").stream()
        .limit(MAX_ELEMENTS)
        .filter(element -> !page.beside(element))
        .forEach(
            element ->
                source(page, element)
                    .ifPresent(
                        url -> {
                          if (known(url)) {
                            known.add(url);
                          } else if (likely(element, url)) {
                            likely.add(url);
                          }
                        }));
    known.addAll(likely);
    return known;
  }

  /** Scripts of the same site whose names say that they hold what a player is told. */
  static List<URI> scripts(HtmlPage page) {
    return page.html().select("script[src]").stream()
        .limit(MAX_ELEMENTS)
        .flatMap(script -> page.link(script.attr("src")).stream())
        .filter(url -> sameSite(url, page.url()) && PARAMETERS.matcher(path(url)).matches())
        .toList();
  }

  /** A service that has a reader of its own. */
  static boolean known(URI url) {
    return Sites.known()
        .identify(url.toString())
        .filter(id -> !id.service().equals("page"))
        .isPresent();
  }

  private static Optional<URI> source(HtmlPage page, Element element) {
    return List.of("src", "data-src", "data-lazy-src", "data-litespeed-src", "data").stream()
        .map(element::attr)
        .filter(text -> text.contains("/"))
        .flatMap(text -> page.link(text).stream())
        .filter(url -> !FileNames.other(url) || path(url).matches("(?i).*\\.html?(\\?.*)?"))
        .findFirst();
  }

  private static boolean likely(Element element, URI url) {
    String marks = element.id() + " " + element.className() + " " + element.attr("title");
    boolean says =
        PLAYER.matcher(url.toString()).find()
            || PLAYER.matcher(marks).find()
            || element.hasAttr("allowfullscreen")
            || element.attr("allow").contains("fullscreen");
    return says && !NOT.matcher(url.toString()).find();
  }

  private static String path(URI url) {
    return url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
  }

  /** The last two labels of the host are the same: good enough to follow a script. */
  private static boolean sameSite(URI a, URI b) {
    return tail(a.getHost()).equals(tail(b.getHost()));
  }

  private static String tail(String host) {
    int dot = host.lastIndexOf('.');
    return host.substring(host.lastIndexOf('.', dot - 1) + 1);
  }
}
