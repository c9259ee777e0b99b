package org.vidtomo.sites.page;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.NodeVisitor;
import org.vidtomo.sites.CanonicalUrl;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.Urls;

/**
 * Links to pages of other videos of the same site: those that the page marks as related, then those
 * whose URL has the form of its own.
 */
final class RelatedLinks {
  private static final Pattern MARK =
      Pattern.compile("related|recommend|suggest|up-?next", Pattern.CASE_INSENSITIVE);

  /** Of more, the first ones are looked at. */
  private static final int MAX_LOOKED_AT = 2_000;

  private final URI page;
  private final URI base;
  private final String own;
  private final List<String> ownSegments;
  private final Set<String> ownParameters;
  private final Set<URI> found = new LinkedHashSet<>();

  private RelatedLinks(URI page, URI base) {
    this.page = page;
    this.base = base;
    this.own = CanonicalUrl.of(page).toString();
    this.ownSegments = segments(page);
    this.ownParameters = parameters(page);
  }

  /** At most {@link Page#MAX_RELATED}, canonical, without the page itself. */
  static List<URI> of(URI page, URI base, org.jsoup.nodes.Document html) {
    RelatedLinks links = new RelatedLinks(page, base);
    marked(html).stream().limit(MAX_LOOKED_AT).forEach(element -> links.add(element, false));
    html.select("a[href]").stream()
        .limit(MAX_LOOKED_AT)
        .forEach(element -> links.add(element, true));
    return List.copyOf(links.found);
  }

  /**
   * Links that say so, or are inside what says so. One walk: a selector would look at all ancestors
   * of each link, and pages can be made deep.
   */
  private static List<Element> marked(org.jsoup.nodes.Document html) {
    List<Element> marked = new ArrayList<>();
    int[] inside = {0};
    html.traverse(
        new NodeVisitor() {
          @Override
          public void head(Node node, int depth) {
            if (node instanceof Element element) {
              inside[0] += marks(element) ? 1 : 0;
              boolean link =
                  element.normalName().equals("a") || element.normalName().equals("link");
              boolean says = element.attr("rel").matches("(?i)(.*\\s)?related(\\s.*)?");
              if (link && element.hasAttr("href") && (inside[0] > 0 || says)) {
                marked.add(element);
              }
            }
          }

          @Override
          public void tail(Node node, int depth) {
            if (node instanceof Element element) {
              inside[0] -= marks(element) ? 1 : 0;
            }
          }
        });
    return marked;
  }

  private static boolean marks(Element element) {
    return MARK.matcher(element.className()).find() || MARK.matcher(element.id()).find();
  }

  private void add(Element anchor, boolean onlyAlike) {
    String href = anchor.attr("href");
    if (found.size() >= Page.MAX_RELATED || href.startsWith("#")) {
      return;
    }
    Urls.resolve(base, href)
        .filter(this::sameSite)
        .map(CanonicalUrl::of)
        .filter(url -> !url.toString().equals(own))
        .filter(url -> !onlyAlike || alike(url))
        .ifPresent(found::add);
  }

  private boolean sameSite(URI url) {
    return url.getHost().equals(page.getHost()) && Urls.port(url) == Urls.port(page);
  }

  /**
   * Sites give the pages of their videos URLs of one form: {@code /watch/1}, {@code /watch?v=…},
   * {@code /2024/some-long-name}.
   */
  private boolean alike(URI url) {
    List<String> mine = ownSegments;
    List<String> other = segments(url);
    if (mine.size() != other.size() || !ownParameters.equals(parameters(url))) {
      return false;
    }
    if (!ownParameters.isEmpty() && mine.equals(other)) {
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
