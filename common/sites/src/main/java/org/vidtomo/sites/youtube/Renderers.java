package org.vidtomo.sites.youtube;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Videos in the JSON of YouTube's pages. Each kind of list wraps its entries in a renderer of its
 * own, and the renderers change; wherever one stands in a list, it means the same.
 */
final class Renderers {
  private static final Set<String> VIDEOS =
      Set.of(
          "videoRenderer",
          "compactVideoRenderer",
          "gridVideoRenderer",
          "playlistVideoRenderer",
          "playlistPanelVideoRenderer",
          "videoWithContextRenderer",
          "reelItemRenderer");
  private static final Set<String> ADVERTISEMENTS =
      Set.of("adSlotRenderer", "promotedVideoRenderer", "promotedSparklesWebRenderer");
  private static final int MAX_NODES = 500_000;

  private final Set<String> ids = new LinkedHashSet<>();
  private Optional<String> continuation = Optional.empty();
  private int nodes;

  private Renderers() {}

  /** What a part of a page lists, in its order, and the token of the rest, if there is one. */
  record Found(List<URI> videos, Optional<String> continuation) {}

  static Found in(JsonNode part) {
    Renderers renderers = new Renderers();
    renderers.visit(part);
    return new Found(renderers.ids.stream().map(VideoUrls::watch).toList(), renderers.continuation);
  }

  /** The parser bounds the depth; this bounds the number. */
  private void visit(JsonNode part) {
    Deque<JsonNode> waiting = new ArrayDeque<>();
    waiting.push(part);
    while (!waiting.isEmpty() && ++nodes < MAX_NODES) {
      JsonNode node = waiting.pop();
      List<JsonNode> inner = new ArrayList<>();
      if (node.isArray()) {
        node.forEach(inner::add);
      } else if (node.isObject()) {
        for (Iterator<Map.Entry<String, JsonNode>> it = node.fields(); it.hasNext(); ) {
          Map.Entry<String, JsonNode> field = it.next();
          if (!entry(field.getKey(), field.getValue())) {
            inner.add(field.getValue());
          }
        }
      }
      for (int i = inner.size() - 1; i >= 0; i--) {
        waiting.push(inner.get(i));
      }
    }
  }

  /** An entry is read whole here; what is inside of it is about the same video. */
  private boolean entry(String name, JsonNode value) {
    if (VIDEOS.contains(name)) {
      add(value.path("videoId").asText(""));
      return true;
    }
    switch (name) {
      case "lockupViewModel" -> {
        if (value.path("contentType").asText("").equals("LOCKUP_CONTENT_TYPE_VIDEO")) {
          add(value.path("contentId").asText(""));
        }
        return true;
      }
      case "shortsLockupViewModel" -> {
        add(value.at("/onTap/innertubeCommand/reelWatchEndpoint/videoId").asText(""));
        return true;
      }
      case "continuationItemRenderer", "continuationItemViewModel" -> {
        token(value).ifPresent(token -> continuation = Optional.of(token));
        return true;
      }
      case "nextContinuationData" -> {
        continuation = Optional.of(value.path("continuation").asText("")).filter(t -> !t.isEmpty());
        return true;
      }
      default -> {
        return ADVERTISEMENTS.contains(name);
      }
    }
  }

  private void add(String id) {
    if (VideoUrls.isId(id)) {
      ids.add(id);
    }
  }

  private static Optional<String> token(JsonNode item) {
    for (JsonNode command : item.findValues("continuationCommand")) {
      String token = command.path("token").asText("");
      if (!token.isEmpty()) {
        return Optional.of(token);
      }
    }
    return Optional.empty();
  }

  /** {@code simpleText}, or {@code runs} put together. */
  static String text(JsonNode node) {
    StringBuilder text = new StringBuilder(node.path("simpleText").asText(""));
    node.path("runs").forEach(run -> text.append(run.path("text").asText("")));
    return text.toString();
  }
}
