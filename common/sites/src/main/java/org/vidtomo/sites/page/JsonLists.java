package org.vidtomo.sites.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What the elements of an array are to each other. */
final class JsonLists {
  /** Forms of one video have no such field of their own; videos have. */
  private static final Set<String> OF_VIDEOS =
      Set.of("title", "titre", "TITLE", "headline", "mediaid", "videoId", "guid", "sources");

  private static final int MAX_LOOKED_AT = 50;

  private JsonLists() {}

  /** Not forms of one video, but different ones. */
  static boolean severalVideos(JsonNode array) {
    int videos = 0;
    for (int i = 0; i < Math.min(array.size(), MAX_LOOKED_AT); i++) {
      JsonNode element = array.get(i);
      videos += OF_VIDEOS.stream().anyMatch(element::has) ? 1 : 0;
    }
    return videos >= 2;
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
