package org.vidtomo.sites.page;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.vidtomo.sites.Urls;

/**
 * A parsed page.
 *
 * @param url its own
 * @param base what its links are relative to
 * @param aside the elements that say that they hold an advert or other videos; looked for once,
 *     since pages can be made deep
 */
record HtmlPage(Document html, URI url, URI base, Set<Element> aside) {
  /** Ten times what large pages have; a tag of a few bytes can cost kilobytes of memory. */
  private static final int MAX_TAGS = 100_000;

  HtmlPage {
    requireNonNull(html, "html");
    requireNonNull(url, "url");
    requireNonNull(base, "base");
    requireNonNull(aside, "aside");
  }

  /** Without a charset in the header, jsoup looks for a mark or a meta element. */
  static HtmlPage parse(org.vidtomo.sites.Document document) {
    URI url = document.url();
    try {
      Document html =
          Jsoup.parse(
              new ByteArrayInputStream(document.body(), 0, end(document.body())),
              document.charset().map(Charset::name).orElse(null),
              url.toString());
      Element base = html.selectFirst("base[href]");
      return new HtmlPage(
          html,
          url,
          base == null ? url : Urls.resolve(url, base.attr("href")).orElse(url),
          aside(html));
    } catch (IOException e) {
      throw new UncheckedIOException("reading bytes in memory", e);
    }
  }

  /** A link on the page; empty when it is none or blank. */
  Optional<URI> link(String text) {
    return text.isBlank() ? Optional.empty() : Urls.resolve(base, text);
  }

  Optional<String> meta(String name) {
    return html.select("meta[property=" + name + "], meta[name=" + name + "]").stream()
        .map(element -> element.attr("content").strip())
        .filter(content -> !content.isEmpty())
        .findFirst();
  }

  /** Where the last tag that is read begins, or the end. */
  private static int end(byte[] body) {
    int tags = 0;
    for (int i = 0; i < body.length; i++) {
      boolean begins = body[i] == '<' && i + 1 < body.length && body[i + 1] != '/';
      if (begins && ++tags > MAX_TAGS) {
        return i;
      }
    }
    return body.length;
  }

  private static Set<Element> aside(Document html) {
    Set<Element> aside = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Element element : html.getAllElements()) {
      boolean whole = element.normalName().equals("body") || element.normalName().equals("html");
      if (!whole && (Words.aside(element.attr("class")) || Words.aside(element.id()))) {
        aside.add(element);
      }
    }
    return aside;
  }

  /** It, or an enclosing element, says that this belongs to an advert or to other videos. */
  boolean beside(Element element) {
    Element at = element;
    while (at != null && !aside.contains(at)) {
      at = at.parent();
    }
    return at != null;
  }
}
