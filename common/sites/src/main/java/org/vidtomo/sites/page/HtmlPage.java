package org.vidtomo.sites.page;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.vidtomo.sites.Urls;

/**
 * A parsed page.
 *
 * @param url its own
 * @param base what its links are relative to
 */
record HtmlPage(Document html, URI url, URI base) {
  private static final int MAX_ANCESTORS = 60;

  HtmlPage {
    requireNonNull(html, "html");
    requireNonNull(url, "url");
    requireNonNull(base, "base");
  }

  /** Without a charset in the header, jsoup looks for a mark or a meta element. */
  static HtmlPage parse(org.vidtomo.sites.Document document) {
    URI url = document.url();
    try {
      Document html =
          Jsoup.parse(
              new ByteArrayInputStream(document.body()),
              document.charset().map(Charset::name).orElse(null),
              url.toString());
      Element base = html.selectFirst("base[href]");
      return new HtmlPage(
          html, url, base == null ? url : Urls.resolve(url, base.attr("href")).orElse(url));
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

  /** An enclosing element says that this belongs to an advert or to other videos. */
  static boolean beside(Element element) {
    Element at = element;
    for (int i = 0; i < MAX_ANCESTORS && at != null; i++, at = at.parent()) {
      boolean whole = at.normalName().equals("body") || at.normalName().equals("html");
      if (!whole && Words.aside(at.className() + " " + at.id())) {
        return true;
      }
    }
    return false;
  }
}
