package org.vidtomo.sites.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What the elements of an array are to each other. */
final class JsonLists {
  /** Forms of one video have no such field of their own; videos have. */
  private static final Set<String> OF_VIDEOS =
      Set.of("title", "titre", "TITLE", "headline", "mediaid", "videoId", "guid", "sources");

  private static final List<String> IDS = List.of("mediaid", "videoId", "guid", "id", "slug");
  private static final int LEAST_ID = 4;
  private static final int MAX_LOOKED_AT = 200;

  private JsonLists() {}

  /**
   * Of different videos, the one whose id the page's URL holds, else the first.
   *
   * @return empty when they are forms of one video, or anything else
   */
  static Optional<JsonNode> video(JsonNode array, URI page) {
    Optional<JsonNode> first = Optional.empty();
    Optional<JsonNode> named = Optional.empty();
    int videos = 0;
    for (int i = 0; i < Math.min(array.size(), MAX_LOOKED_AT); i++) {
      JsonNode element = array.get(i);
      if (OF_VIDEOS.stream().anyMatch(element::has)) {
        videos++;
        first = first.or(() -> Optional.of(element));
        named = named.or(() -> Optional.of(element).filter(video -> names(page, video)));
      }
    }
    return videos < 2 ? Optional.empty() : named.isPresent() ? named : first;
  }

  private static boolean names(URI page, JsonNode video) {
    return IDS.stream()
        .map(key -> video.path(key).asText(""))
        .anyMatch(id -> id.length() >= LEAST_ID && page.toString().contains(id));
  }

  /** Of parts with lengths of their own, the longest: the others lead in or out. */
  static Optional<JsonNode> longestPart(JsonNode array) {
    Optional<JsonNode> longest = Optional.empty();
    long most = 0;
    boolean differ = false;
    for (int i = 0; i < Math.min(array.size(), MAX_LOOKED_AT); i++) {
      OptionalLong micros =
          array.get(i).isObject() ? Durations.amount(array.get(i)) : OptionalLong.empty();
      if (micros.isPresent()) {
        differ |= longest.isPresent() && micros.getAsLong() != most;
        if (micros.getAsLong() > most) {
          most = micros.getAsLong();
          longest = Optional.of(array.get(i));
        }
      }
    }
    return differ ? longest : Optional.empty();
  }
}
