package org.vidtomo.sites;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jsoup.nodes.Element;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

/**
 * The videos that a page describes in JSON-LD ({@code schema.org/VideoObject}), wherever they are
 * nested.
 */
final class SchemaOrg {
  private static final int MAX_OBJECTS = 10_000;

  private final URI base;
  private final List<MediaLink> media = new ArrayList<>();
  private String name;
  private OptionalLong durationMicros = OptionalLong.empty();
  private int objects;

  private SchemaOrg(URI base) {
    this.base = base;
  }

  static SchemaOrg read(org.jsoup.nodes.Document html, URI base) {
    SchemaOrg schema = new SchemaOrg(base);
    for (Element script : html.select("script[type=application/ld+json]")) {
      schema.readScript(script.data());
    }
    return schema;
  }

  List<MediaLink> media() {
    return media;
  }

  Optional<String> name() {
    return Optional.ofNullable(name);
  }

  OptionalLong durationMicros() {
    return durationMicros;
  }

  private void readScript(String json) {
    try {
      visit(Wire.read(json.strip().getBytes(StandardCharsets.UTF_8), JsonNode.class));
    } catch (WireException e) {
      // Broken data in a page is common, and other sources may still name the media.
      return;
    }
  }

  /** The parser bounds the depth; this bounds the number. */
  private void visit(JsonNode node) {
    if (++objects > MAX_OBJECTS) {
      return;
    }
    if (node.isObject() && node.path("contentUrl").isTextual() && isVideo(node)) {
      add(node);
    }
    if (node.isContainerNode()) {
      node.forEach(this::visit);
    }
  }

  /**
   * Images carry a contentUrl as well; an object without type is believed when its URL is media.
   */
  private boolean isVideo(JsonNode node) {
    JsonNode type = node.path("@type");
    return type.isMissingNode()
        ? Urls.resolve(base, node.path("contentUrl").asText())
            .flatMap(MediaType::ofEnding)
            .isPresent()
        : type.toString().matches(".*\"(VideoObject|MediaObject|Movie|Clip|TVClip)\".*");
  }

  private void add(JsonNode node) {
    Optional<URI> url = Urls.resolve(base, node.path("contentUrl").asText());
    if (url.isEmpty()) {
      return;
    }
    if (name == null && node.path("name").isTextual() && !node.path("name").asText().isBlank()) {
      name = node.path("name").asText().strip();
    }
    if (durationMicros.isEmpty()) {
      durationMicros = duration(node.path("duration").asText(""));
    }
    Optional<String> mime =
        Optional.of(node.path("encodingFormat").asText("")).filter(text -> text.contains("/"));
    media.add(MediaLink.of(url.get(), mime, pixels(node, "width"), pixels(node, "height")));
  }

  /** A number, a text with one, or a QuantitativeValue. */
  private static OptionalInt pixels(JsonNode node, String field) {
    JsonNode value =
        node.path(field).isObject() ? node.path(field).path("value") : node.path(field);
    String digits = value.asText("").replaceFirst("(?i)\\s*px$", "");
    return digits.matches("[1-9][0-9]{1,4}")
        ? OptionalInt.of(Integer.parseInt(digits))
        : OptionalInt.empty();
  }

  private static OptionalLong duration(String iso8601) {
    try {
      long micros = Duration.parse(iso8601).toNanos() / 1000;
      return micros > 0 ? OptionalLong.of(micros) : OptionalLong.empty();
    } catch (DateTimeParseException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }
}
