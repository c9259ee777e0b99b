package org.vidtomo.sites;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/**
 * Links to pages of other videos of the same site: those that the page marks as related, then those
 * whose URL has the form of its own.
 */
final class RelatedLinks {
  private static final String MARKED =
      "a[rel~=(?i)\\brelated\\b][href], link[rel~=(?i)\\brelated\\b][href], "
          + "[class~=(?i)related|recommend|suggest|up-?next] a[href], "
          + "[id~=(?i)related|recommend|suggest|up-?next] a[href]";

  private final URI page;
  private final URI base;
  private final String own;
  private final Set<URI> found = new LinkedHashSet<>();

  private RelatedLinks(URI page, URI base) {
    this.page = page;
    this.base = base;
    this.own = CanonicalUrl.of(page).toString();
  }

  /** At most {@link Page#MAX_RELATED}, canonical, without the page itself. */
  static List<URI> of(URI page, URI base, org.jsoup.nodes.Document html) {
    RelatedLinks links = new RelatedLinks(page, base);
    links.add(html.select(MARKED), false);
    links.add(html.select("a[href]"), true);
    return List.copyOf(links.found);
  }

  private void add(Elements anchors, boolean onlyAlike) {
    for (Element anchor : anchors) {
      if (found.size() >= Page.MAX_RELATED) {
        return;
      }
      String href = anchor.attr("href");
      if (!href.startsWith("#")) {
        Urls.resolve(base, href)
            .map(CanonicalUrl::of)
            .filter(url -> sameSite(url) && !url.toString().equals(own))
            .filter(url -> !onlyAlike || alike(url))
            .ifPresent(found::add);
      }
    }
  }

  private boolean sameSite(URI url) {
    return url.getHost().equals(page.getHost()) && Urls.port(url) == Urls.port(page);
  }

  /**
   * Sites give the pages of their videos URLs of one form: {@code /watch/1}, {@code /watch?v=…},
   * {@code /2024/some-long-name}.
   */
  private boolean alike(URI url) {
    List<String> mine = segments(page);
    List<String> other = segments(url);
    if (mine.size() != other.size() || !parameters(page).equals(parameters(url))) {
      return false;
    }
    if (!parameters(page).isEmpty() && mine.equals(other)) {
      return true;
    }
    if (mine.isEmpty() || mine.equals(other)) {
      return false;
    }
    return mine.size() > 1
        ? mine.get(0).equals(other.get(0)) && nameLike(mine, other)
        : nameLike(mine, other);
  }

  /** The last segments are both numbers or ids, or both long names. */
  private static boolean nameLike(List<String> mine, List<String> other) {
    String a = mine.get(mine.size() - 1);
    String b = other.get(other.size() - 1);
    return hasDigit(a) && hasDigit(b) || hyphens(a) >= 1 && hyphens(b) >= 1;
  }

  private static boolean hasDigit(String text) {
    return text.chars().anyMatch(Character::isDigit);
  }

  private static long hyphens(String text) {
    return text.chars().filter(c -> c == '-' || c == '_').count();
  }

  private static List<String> segments(URI url) {
    List<String> segments = new ArrayList<>(Arrays.asList(url.getRawPath().split("/")));
    segments.removeIf(String::isEmpty);
    return segments;
  }

  private static Set<String> parameters(URI url) {
    Set<String> names = new TreeSet<>();
    if (url.getRawQuery() != null) {
      for (String parameter : url.getRawQuery().split("&")) {
        names.add(parameter.replaceFirst("=.*", ""));
      }
    }
    return names;
  }
}
