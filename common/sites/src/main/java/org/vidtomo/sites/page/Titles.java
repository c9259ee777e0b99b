package org.vidtomo.sites.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The title in a document: the one nearest to its root. */
final class Titles {
  private static final List<String> KEYS = List.of("title", "titre", "TITLE", "TITRE", "headline");
  private static final int MAX_NODES = 2000;

  private Titles() {}

  static Optional<String> of(JsonNode root) {
    Deque<JsonNode> waiting = new ArrayDeque<>(List.of(root));
    for (int i = 0; i < MAX_NODES && !waiting.isEmpty(); i++) {
      JsonNode node = waiting.poll();
      Optional<String> title = own(node);
      if (title.isPresent()) {
        return title;
      }
      for (JsonNode child : node) {
        if (child.isContainerNode() && waiting.size() < MAX_NODES) {
          waiting.add(child);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> own(JsonNode node) {
    return KEYS.stream()
        .map(key -> node.path(key).asText("").strip())
        .filter(text -> !text.isEmpty())
        .findFirst();
  }
}
