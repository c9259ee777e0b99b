package org.vidtomo.sites.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jsoup.nodes.Element;
import org.vidtomo.sites.MediaLink;
import org.vidtomo.sites.MediaType;
import org.vidtomo.sites.Urls;
import org.vidtomo.sites.page.Offer.Standing;
import org.vidtomo.sites.script.ScriptReader;

/**
 * The videos that a page describes with {@code schema.org/VideoObject}, in JSON-LD wherever they
 * are nested, and in microdata.
 */
final class SchemaOrg {
  private static final int MAX_OBJECTS = 10_000;
  private static final int MAX_DEPTH = 64;

  private final HtmlPage page;
  private final List<List<Offer>> videos = new ArrayList<>();
  private final List<URI> players = new ArrayList<>();
  private String name;
  private int objects;

  private SchemaOrg(HtmlPage page) {
    this.page = page;
  }

  static SchemaOrg read(HtmlPage page) {
    SchemaOrg schema = new SchemaOrg(page);
    for (Element script : page.html().select("script[type=application/ld+json]")) {
      // Leniently: line breaks in strings and commas at ends are common.
      schema.visit(ScriptReader.value(script.data()), false, 0);
    }
    page.html().select("[itemprop=contentUrl], [itemprop=contentURL]").forEach(schema::microdata);
    return schema;
  }

  /** One group for each video. */
  List<List<Offer>> videos() {
    return videos;
  }

  /** Pages of players. */
  List<URI> players() {
    return players;
  }

  Optional<String> name() {
    return Optional.ofNullable(name);
  }

  private void visit(JsonNode node, boolean beside, int depth) {
    if (++objects > MAX_OBJECTS || depth > MAX_DEPTH) {
      return;
    }
    if (node.isObject() && isVideo(node)) {
      add(node, beside);
    }
    if (node.isArray()) {
      node.forEach(element -> visit(element, beside, depth + 1));
    }
    for (Iterator<Map.Entry<String, JsonNode>> it = node.fields(); it.hasNext(); ) {
      Map.Entry<String, JsonNode> field = it.next();
      if (field.getValue().isContainerNode()) {
        visit(field.getValue(), beside || Words.beside(field.getKey()), depth + 1);
      }
    }
  }

  /**
   * Images carry a contentUrl as well; an object without type is believed when its URL is media.
   */
  private boolean isVideo(JsonNode node) {
    JsonNode type = node.path("@type");
    if (type.isMissingNode()) {
      return page.link(node.path("contentUrl").asText("")).flatMap(MediaType::ofEnding).isPresent();
    }
    return names(type).stream()
        .anyMatch(
            t -> t.matches("(https?://schema.org/)?(VideoObject|MediaObject|Movie|Clip|TVClip)"));
  }

  private static List<String> names(JsonNode type) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < Math.min(type.size(), 20); i++) {
      names.add(type.path(i).asText(""));
    }
    names.add(type.asText(""));
    return names;
  }

  private void add(JsonNode node, boolean beside) {
    String content = node.path("contentUrl").asText("");
    if (name == null && !beside && node.path("name").isTextual()) {
      name = node.path("name").asText();
    }
    if (!beside) {
      page.link(node.path("embedUrl").asText("")).ifPresent(players::add);
    }
    page.link(content)
        .or(() -> Urls.streaming(content))
        .map(url -> link(url, node))
        .map(link -> new Offer(link, standing(beside), Durations.of(node)))
        .ifPresent(offer -> videos.add(List.of(offer)));
  }

  private static Standing standing(boolean beside) {
    return beside ? Standing.ASIDE : Standing.VIDEO;
  }

  private static MediaLink link(URI url, JsonNode node) {
    Facts facts = Facts.of(node);
    OptionalInt height = facts.height().isPresent() ? facts.height() : Labels.height(url);
    Optional<String> mime =
        Optional.of(node.path("encodingFormat").asText("")).filter(text -> text.contains("/"));
    return MediaLink.of(url, mime, facts.width(), height);
  }

  private void microdata(Element property) {
    Element scope = property.closest("[itemscope]");
    String type = scope == null ? "" : scope.attr("itemtype");
    String link =
        List.of("content", "href", "src").stream()
            .map(property::attr)
            .filter(text -> !text.isBlank())
            .findFirst()
            .orElse("");
    Optional<URI> url =
        page.link(link)
            .filter(u -> type.endsWith("VideoObject") || MediaType.ofEnding(u).isPresent());
    if (url.isEmpty() || videos.size() >= 100) {
      return;
    }
    OptionalLong duration =
        scope == null ? OptionalLong.empty() : Durations.text(value(scope, "duration"));
    OptionalInt height = Labels.height(scope == null ? "" : value(scope, "videoQuality"));
    MediaLink media =
        MediaLink.of(
            url.get(),
            Optional.empty(),
            OptionalInt.empty(),
            height.isPresent() ? height : Labels.height(url.get()));
    videos.add(List.of(new Offer(media, standing(page.beside(property)), duration)));
  }

  private static String value(Element scope, String property) {
    Element found = scope.selectFirst("[itemprop=" + property + "]");
    return found == null ? "" : found.hasAttr("content") ? found.attr("content") : found.text();
  }
}
