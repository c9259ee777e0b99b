package org.vidtomo.launcher.views;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the page's tables must show of each view's answer: numbers by the row's name. */
final class ShownTables {
  private static final List<Double> SHARES = List.of(0.1, 0.25, 0.5, 0.75, 0.9, 0.95);

  private ShownTables() {}

  /** The present members of a node at these pointers. */
  private static List<Double> numbers(JsonNode node, String... pointers) {
    List<Double> found = new ArrayList<>();
    for (String pointer : pointers) {
      JsonNode at = node.at(pointer);
      if (at.isNumber()) {
        found.add(at.asDouble());
      }
    }
    return found;
  }

  private static String middle(JsonNode node) {
    return node.has("mean") ? "/mean" : "/p50";
  }

  static Map<String, List<Double>> ranking(JsonNode answer) {
    Map<String, List<Double>> rows = new LinkedHashMap<>();
    for (JsonNode group : answer.path("groups")) {
      rows.put(
          group.path("key").asText(),
          numbers(
              group,
              "/rank",
              middle(group),
              "/interval/0",
              "/interval/1",
              "/p10",
              "/p90",
              "/n/cells",
              "/n/agents",
              "/n/prefixes",
              "/n/videos"));
    }
    return rows;
  }

  static Map<String, List<Double>> distribution(JsonNode answer) {
    Map<String, List<Double>> rows = new LinkedHashMap<>();
    for (JsonNode group : answer.path("groups")) {
      List<Double> numbers = new ArrayList<>();
      for (double share : SHARES) {
        for (JsonNode point : group.path("points")) {
          if (point.get(1).asDouble() >= share) {
            numbers.add(point.get(0).asDouble());
            break;
          }
        }
      }
      numbers.addAll(numbers(group, "/n/cells", "/n/agents"));
      rows.put(group.path("key").asText(), numbers);
    }
    return rows;
  }

  /** Of one group: by the number of the row. */
  static List<List<Double>> series(JsonNode answer) {
    List<List<Double>> rows = new ArrayList<>();
    for (JsonNode point : answer.at("/groups/0/points")) {
      rows.add(numbers(point, middle(point), "/p10", "/p90", "/n/cells", "/n/agents"));
    }
    return rows;
  }

  /** By day and hour. */
  static Map<String, List<Double>> hours(JsonNode answer) {
    Map<String, List<Double>> squares = new LinkedHashMap<>();
    for (JsonNode cell : answer.path("cells")) {
      squares.put(
          cell.path("day").asText() + " " + cell.path("hour").asInt(),
          numbers(cell, middle(cell), "/n/cells", "/n/agents"));
    }
    return squares;
  }

  static Map<String, List<Double>> pair(JsonNode answer) {
    Map<String, List<Double>> rows = new LinkedHashMap<>();
    for (JsonNode video : answer.path("videos")) {
      rows.put(
          video.path("title").asText(),
          numbers(video, "/a", "/b", "/difference", "/slots", "/n/agents"));
    }
    return rows;
  }

  /** In the order of the page: those that serve most of all groups together first. */
  static Map<String, List<Double>> serving(JsonNode answer) {
    Map<String, Double> shares = new LinkedHashMap<>();
    for (JsonNode group : answer.path("groups")) {
      group
          .path("caches")
          .forEach(
              c -> shares.merge(c.path("cache").asText(), c.path("share").asDouble(), Double::sum));
    }
    List<String> order =
        shares.entrySet().stream()
            .sorted((a, b) -> Double.compare(b.getValue(), a.getValue()))
            .map(Map.Entry::getKey)
            .limit(12)
            .toList();
    Map<String, List<Double>> rows = new LinkedHashMap<>();
    for (JsonNode group : answer.path("groups")) {
      List<Double> numbers = new ArrayList<>();
      for (String name : order) {
        for (JsonNode cache : group.path("caches")) {
          if (cache.path("cache").asText().equals(name)) {
            numbers.addAll(numbers(cache, "/share", "/rtt/p50"));
          }
        }
      }
      rows.put(group.path("key").asText(), numbers);
    }
    return rows;
  }

  /** One row a group and resolver. */
  static List<List<Double>> resolvers(JsonNode answer) {
    List<List<Double>> rows = new ArrayList<>();
    for (JsonNode each : answer.path("resolvers")) {
      rows.add(
          numbers(
              each,
              "/resolveSeconds",
              "/rttSeconds",
              "/sameAddress",
              "/sameNetwork",
              "/failedShare",
              "/measurements",
              "/agents"));
    }
    return rows;
  }

  /** By group, its kinds one after the other. */
  static Map<String, List<Double>> failures(JsonNode answer) {
    Map<String, List<Double>> rows = new LinkedHashMap<>();
    for (JsonNode group : answer.path("groups")) {
      List<Double> numbers = new ArrayList<>();
      group
          .path("failures")
          .forEach(f -> numbers.addAll(numbers(f, "/measurements", "/share", "/agents")));
      if (!numbers.isEmpty()) {
        rows.put(group.path("key").asText(), numbers);
      }
    }
    return rows;
  }

  static Map<String, List<Double>> videos(JsonNode answer) {
    Map<String, List<Double>> rows = new LinkedHashMap<>();
    for (JsonNode video : answer.path("videos")) {
      rows.put(
          video.path("title").asText(), numbers(video, "/measurements", "/providers", "/agents"));
    }
    return rows;
  }
}
