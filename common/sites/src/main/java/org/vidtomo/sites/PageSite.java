package org.vidtomo.sites;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/**
 * Any web page that names its media openly: {@code <video>} and {@code <source>}, Open Graph,
 * Twitter cards, or schema.org data.
 */
public final class PageSite implements Site {
  private static final int MAX_MEDIA = 100;

  @Override
  public Optional<VideoId> identify(URI url) {
    return Optional.of(new VideoId("page", CanonicalUrl.of(url).toString()));
  }

  @Override
  public Step begin(URI url) {
    return new Step.Fetch(SiteRequest.get(url), document -> new Step.Found(read(url, document)));
  }

  private static Page read(URI asked, Document document) {
    if (document.media()) {
      return FileSite.media(asked, document);
    }
    if (!document.successful()) {
      return Page.failed(document);
    }
    URI url = document.url();
    org.jsoup.nodes.Document html = parse(document);
    URI base = base(url, html);
    SchemaOrg schema = SchemaOrg.read(html, base);
    Map<URI, MediaLink> media = new LinkedHashMap<>();
    elements(html, base).forEach(link -> media.putIfAbsent(link.url(), link));
    schema.media().forEach(link -> media.putIfAbsent(link.url(), link));
    openGraph(html, base).forEach(link -> media.putIfAbsent(link.url(), link));
    return Page.of(media.values().stream().limit(MAX_MEDIA).toList())
        .withTitle(title(html, schema))
        .withDurationMicros(schema.durationMicros())
        .withRelated(RelatedLinks.of(url, base, html));
  }

  /** Without a charset in the header, jsoup looks for a mark or a meta element. */
  private static org.jsoup.nodes.Document parse(Document document) {
    try {
      return Jsoup.parse(
          new ByteArrayInputStream(document.body()),
          document.charset().map(Charset::name).orElse(null),
          document.url().toString());
    } catch (IOException e) {
      throw new UncheckedIOException("reading bytes in memory", e);
    }
  }

  private static URI base(URI url, org.jsoup.nodes.Document html) {
    Element base = html.selectFirst("base[href]");
    return base == null ? url : Urls.resolve(url, base.attr("href")).orElse(url);
  }

  private static List<MediaLink> elements(org.jsoup.nodes.Document html, URI base) {
    List<MediaLink> links = new ArrayList<>();
    // Bounded here already: each looks for others beside it.
    for (Element element :
        html.select("video[src], video source[src]").stream().limit(MAX_MEDIA).toList()) {
      Element video = element.normalName().equals("video") ? element : element.closest("video");
      Urls.resolve(base, element.attr("src"))
          .ifPresent(
              url ->
                  links.add(
                      MediaLink.of(
                          url,
                          text(element.attr("type")),
                          pixels(element, "width", video),
                          height(element, video))));
    }
    return links;
  }

  /** Some players label their sources with the height: {@code res}, {@code size}, {@code label}. */
  private static OptionalInt height(Element source, Element video) {
    for (String attribute : List.of("res", "size", "data-res", "label")) {
      OptionalInt height = number(source.attr(attribute).replaceFirst("[pP]\\d*$", ""));
      if (height.isPresent()) {
        return height;
      }
    }
    return pixels(source, "height", video);
  }

  /**
   * A video element's own size is that of the player, but it is right where one size is offered.
   */
  private static OptionalInt pixels(Element source, String attribute, Element video) {
    OptionalInt own = number(source.attr(attribute));
    boolean alone = video == null || video.select("source[src]").size() <= 1;
    return own.isPresent() || !alone || video == null ? own : number(video.attr(attribute));
  }

  private static List<MediaLink> openGraph(org.jsoup.nodes.Document html, URI base) {
    Optional<String> type = meta(html, "og:video:type");
    List<MediaLink> links = new ArrayList<>();
    for (String name :
        List.of("og:video:secure_url", "og:video:url", "og:video", "twitter:player:stream")) {
      Optional<String> mime =
          name.startsWith("og") ? type : meta(html, "twitter:player:stream:content_type");
      meta(html, name)
          .flatMap(link -> Urls.resolve(base, link))
          .map(url -> link(html, url, mime))
          .filter(PageSite::isMedia)
          .ifPresent(links::add);
    }
    return links;
  }

  private static MediaLink link(org.jsoup.nodes.Document html, URI url, Optional<String> mime) {
    return MediaLink.of(
        url,
        mime,
        meta(html, "og:video:width").map(PageSite::number).orElse(OptionalInt.empty()),
        meta(html, "og:video:height").map(PageSite::number).orElse(OptionalInt.empty()));
  }

  /** Open Graph often names a player's page in place of a file. */
  private static boolean isMedia(MediaLink link) {
    return link.container().isPresent() || !link.progressive();
  }

  private static Optional<String> title(org.jsoup.nodes.Document html, SchemaOrg schema) {
    return meta(html, "og:title")
        .or(schema::name)
        .or(() -> meta(html, "twitter:title"))
        .or(() -> text(html.title()));
  }

  private static Optional<String> meta(org.jsoup.nodes.Document html, String name) {
    return html.select("meta[property=" + name + "], meta[name=" + name + "]").stream()
        .map(element -> element.attr("content").strip())
        .filter(content -> !content.isEmpty())
        .findFirst();
  }

  private static Optional<String> text(String attribute) {
    return attribute.isBlank() ? Optional.empty() : Optional.of(attribute.strip());
  }

  private static OptionalInt number(String digits) {
    String text = digits.strip().toLowerCase(Locale.ROOT);
    return text.matches("[1-9][0-9]{1,4}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }
}
