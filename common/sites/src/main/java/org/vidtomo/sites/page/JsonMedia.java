package org.vidtomo.sites.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.vidtomo.sites.MediaType;
import org.vidtomo.sites.Urls;
import org.vidtomo.sites.page.Offer.Standing;
import org.vidtomo.sites.script.ScriptReader;

/**
 * The media that a JSON value names: a broadcaster's document, what a player is set up with, the
 * state of a page. Of several videos in a list, the one that the URL names, else the first; of
 * several parts, the longest.
 */
final class JsonMedia {
  private static final int MAX_NODES = 50_000;
  private static final int MAX_DEPTH = 60;
  private static final int MAX_EMBEDDED = 4;
  private static final int MAX_FOUND = 200;
  private static final int MAX_TEXT = 1 << 20;

  /** Where a document in which the media is named may be. */
  private static final Set<String> LEADS =
      Set.of(
          "config", "playlist", "playlistfile", "xml", "feed", "file", "source", "configuration");

  private static final Set<String> STREAM = Set.of("streamer", "file");

  private final URI base;
  private final boolean player;
  private final Effort effort;
  private final List<Offer> offers = new ArrayList<>();
  private final Set<URI> leads = new LinkedHashSet<>();
  private int nodes;

  /**
   * What may be looked at in one document: scripts can hand the same value to thousands of names,
   * and a text within a text is read each time that it is met.
   */
  static final class Effort {
    private int nodes = 100_000;
    private int characters = 8 << 20;

    private boolean node() {
      return nodes-- > 0;
    }

    private boolean read(String text) {
      characters -= text.length();
      return characters > 0;
    }
  }

  /** Where the walk is. */
  private record Place(
      String key, Facts facts, Standing standing, OptionalLong duration, int depth, int embedded) {
    Place in(String name, boolean named) {
      boolean beside = Words.beside(name);
      return new Place(
          name,
          named ? facts.named(name) : facts,
          beside ? Standing.ASIDE : standing,
          duration,
          depth + 1,
          embedded);
    }

    Place at(JsonNode object) {
      Facts own = Facts.of(object).within(facts);
      OptionalLong length = Durations.of(object);
      return new Place(
          key,
          own,
          own.locked() ? Standing.ASIDE : standing,
          length.isPresent() ? length : duration,
          depth,
          embedded);
    }

    Place aside() {
      return new Place(key, facts, Standing.ASIDE, duration, depth, embedded);
    }

    Place inText() {
      return new Place(key, facts, standing, duration, depth, embedded + 1);
    }
  }

  private JsonMedia(URI base, boolean player, Effort effort) {
    this.base = base;
    this.player = player;
    this.effort = effort;
  }

  /**
   * Reads a value.
   *
   * @param name what the value is called where it stands, such as {@code jwplayer().setup}
   * @param standing of media that nothing speaks against
   * @param effort what may still be looked at in the document
   */
  static JsonMedia read(JsonNode value, String name, URI base, Standing standing, Effort effort) {
    JsonMedia media = new JsonMedia(base, Words.player(name), effort);
    Place start = new Place("", Facts.NONE, standing, OptionalLong.empty(), 0, 0);
    if (!Words.others(name)) {
      media.visit(value, start.in(name, false));
    }
    return media;
  }

  List<Offer> offers() {
    return offers;
  }

  /** Documents that may name more, likely ones first. */
  List<URI> leads() {
    return List.copyOf(leads);
  }

  private void visit(JsonNode node, Place place) {
    boolean more = ++nodes <= MAX_NODES && offers.size() < MAX_FOUND && effort.node();
    if (!more || place.depth() > MAX_DEPTH) {
      return;
    }
    if (node.isObject()) {
      object(node, place.at(node));
    } else if (node.isArray()) {
      array(node, place);
    } else if (node.isTextual() && node.asText().length() < MAX_TEXT) {
      text(node.asText().strip(), place);
    }
  }

  private void object(JsonNode object, Place place) {
    boolean streamed = streamer(object, place);
    for (Iterator<Map.Entry<String, JsonNode>> it = object.fields(); it.hasNext(); ) {
      Map.Entry<String, JsonNode> field = it.next();
      boolean told = streamed && STREAM.contains(field.getKey());
      if (!told && !Words.others(field.getKey())) {
        visit(field.getValue(), place.in(field.getKey(), true));
      }
    }
  }

  /** Flash players were told server and stream apart. */
  private boolean streamer(JsonNode object, Place place) {
    String server = object.path("streamer").asText("");
    String stream = object.path("file").asText("");
    if (stream.isEmpty() || stream.contains("://") || Urls.streaming(server).isEmpty()) {
      return false;
    }
    String between = server.endsWith("/") ? "" : "/";
    Urls.streaming(server + between + stream).ifPresent(url -> add(url, place));
    return true;
  }

  private void array(JsonNode array, Place place) {
    Optional<JsonNode> video = JsonLists.video(array, base);
    Optional<JsonNode> longest =
        video.isPresent() ? Optional.empty() : JsonLists.longestPart(array);
    for (JsonNode element : array) {
      if (video.isEmpty() || video.get() == element) {
        visit(element, longest.filter(part -> part != element).isPresent() ? place.aside() : place);
      }
    }
  }

  private void text(String text, Place place) {
    if (text.isEmpty()) {
      return;
    }
    boolean nested = text.startsWith("{") || text.startsWith("[");
    boolean readable = place.embedded() < MAX_EMBEDDED && effort.read(text);
    if (nested && readable) {
      visit(ScriptReader.value(text), place.inText());
    } else if (readable && QueryText.looksLikeIt(text, place.key())) {
      visit(QueryText.fields(text), place.inText());
    } else if (text.length() <= Urls.MAX_LENGTH && !nested) {
      url(unescaped(text), place);
    }
  }

  /** Whole URLs are often percent-encoded, or escaped for HTML, once too often. */
  private static String unescaped(String text) {
    String plain = text.replace("&amp;", "&").replace("\\/", "/");
    if (!plain.matches("(?is)([a-z]{3,6})?(%3a)?%2f%2f.*|[a-z]{3,6}%3a%2f%2f.*")) {
      return plain;
    }
    try {
      return URLDecoder.decode(plain.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return plain;
    }
  }

  private void url(String text, Place place) {
    Optional<URI> stream = Urls.streaming(text);
    if (stream.isPresent()) {
      add(stream.get(), place);
      return;
    }
    if (!place(text)) {
      return;
    }
    Optional<URI> url = Urls.resolve(base, text);
    if (url.isEmpty() || FileNames.other(url.get())) {
      url.filter(u -> FileNames.document(u)).ifPresent(u -> lead(u, place));
    } else if (MediaType.ofEnding(url.get()).isPresent() || typed(text, place)) {
      add(url.get(), place);
    } else {
      lead(url.get(), place);
    }
  }

  /** Something that can be a URL, not any word that could be a relative one. */
  private static boolean place(String text) {
    boolean plain = text.chars().noneMatch(c -> c <= ' ' || c == '<' || c == '{');
    return plain && (text.contains("/") || FileNames.media(text));
  }

  /** Its type is told beside it, or by the name of its field. */
  private static boolean typed(String text, Place place) {
    boolean rooted = text.startsWith("/") || text.startsWith("http");
    return rooted
        && Words.locates(place.key())
        && place.facts().mime().flatMap(MediaType::ofMime).isPresent();
  }

  private void lead(URI url, Place place) {
    boolean told = Words.of(place.key()).stream().anyMatch(LEADS::contains);
    if (told
        && (player || FileNames.document(url))
        && place.standing() != Standing.ASIDE
        && leads.size() < MAX_FOUND) {
      leads.add(url);
    }
  }

  private void add(URI url, Place place) {
    if (!place.facts().sound() && !FileNames.sound(url)) {
      offers.add(new Offer(Links.of(url, place.facts()), place.standing(), place.duration()));
    }
  }
}
