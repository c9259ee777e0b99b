package org.vidtomo.sites.page;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;
import org.vidtomo.sites.MediaLink;
import org.vidtomo.sites.MediaType;
import org.vidtomo.sites.Urls;
import org.vidtomo.sites.page.Offer.Standing;

/** {@code <video>} with its sources, and files that a page links. */
final class ElementMedia {
  private static final int MAX_ELEMENTS = 100;
  private static final int MAX_ANCHORS = 2000;
  private static final List<String> SOURCES = List.of("src", "data-src", "data-video-src");

  private final HtmlPage page;
  private final List<Element> elements;

  /** How many sources each video element has. */
  private final Map<Element, Long> sources;

  ElementMedia(HtmlPage page) {
    this.page = page;
    this.elements = page.html().select("video, video source").stream().limit(MAX_ELEMENTS).toList();
    this.sources =
        elements.stream()
            .filter(element -> element.normalName().equals("source") && element.hasAttr("src"))
            .collect(Collectors.groupingBy(ElementMedia::video, Collectors.counting()));
  }

  private static Element video(Element element) {
    return element.normalName().equals("video") ? element : element.closest("video");
  }

  /** One group for each video element. */
  List<List<Offer>> videos() {
    Map<Element, List<Offer>> groups = new LinkedHashMap<>();
    for (Element element : elements) {
      Element video = video(element);
      List<Offer> group = groups.computeIfAbsent(video, v -> new ArrayList<>());
      offer(element, video).ifPresent(group::add);
    }
    return List.copyOf(groups.values());
  }

  private Optional<Offer> offer(Element element, Element video) {
    return SOURCES.stream()
        .map(element::attr)
        .flatMap(link -> page.link(link).or(() -> Urls.streaming(link)).stream())
        .findFirst()
        .map(url -> new Offer(link(url, element, video), standing(video), OptionalLong.empty()));
  }

  private MediaLink link(URI url, Element element, Element video) {
    OptionalInt height = height(element, video);
    return MediaLink.of(
            url,
            Optional.of(element.attr("type").strip()).filter(type -> !type.isEmpty()),
            pixels(element, "width", video),
            height.isPresent() ? height : Labels.height(url))
        .graded(Labels.grade(label(element), url));
  }

  /** What runs silently, for ever and by itself is decoration. */
  private Standing standing(Element video) {
    boolean decoration =
        video.hasAttr("loop") && video.hasAttr("muted") && !video.hasAttr("controls");
    return decoration || page.beside(video) ? Standing.DOUBTFUL : Standing.VIDEO;
  }

  private static String label(Element source) {
    return List.of("label", "title", "data-quality", "data-label", "quality").stream()
        .map(source::attr)
        .filter(text -> !text.isBlank())
        .findFirst()
        .orElse("");
  }

  /** Some players label their sources with the height. */
  private OptionalInt height(Element source, Element video) {
    for (String attribute :
        List.of("res", "size", "data-res", "label", "title", "data-quality", "quality")) {
      OptionalInt height = Labels.height(source.attr(attribute));
      if (height.isPresent()) {
        return height;
      }
    }
    return pixels(source, "height", video);
  }

  /**
   * A video element's own size is that of the player, but it is right where one size is offered.
   */
  private OptionalInt pixels(Element source, String attribute, Element video) {
    OptionalInt own = number(source.attr(attribute));
    boolean alone = sources.getOrDefault(video, 0L) <= 1;
    return own.isPresent() || !alone ? own : number(video.attr(attribute));
  }

  static OptionalInt number(String digits) {
    String text = digits.strip();
    return text.matches("[1-9][0-9]{1,4}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }

  /** Files to download: together one group, since they are mostly forms of one video. */
  List<Offer> links() {
    List<Offer> found = new ArrayList<>();
    for (Element anchor : page.html().select("a[href]").stream().limit(MAX_ANCHORS).toList()) {
      Optional<URI> url =
          page.link(anchor.attr("href"))
              .filter(link -> MediaType.ofEnding(link).isPresent())
              .or(() -> Urls.streaming(anchor.attr("href")));
      if (url.isPresent() && found.size() < MAX_ELEMENTS && !page.beside(anchor)) {
        Facts facts = Facts.NONE.named(anchor.text());
        found.add(new Offer(Links.of(url.get(), facts), Standing.MENTIONED, OptionalLong.empty()));
      }
    }
    return found;
  }
}
