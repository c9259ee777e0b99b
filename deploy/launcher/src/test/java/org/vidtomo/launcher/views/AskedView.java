package org.vidtomo.launcher.views;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vidtomo.core.wire.Csv;
import org.vidtomo.dashboard.Http;

/**
 * A view with a question, over HTTP, on a command line and in the page.
 *
 * @param view as the command calls it
 * @param route as the API does
 * @param query {@code name=value&…}, the values as they are
 * @param arrays where in the JSON the rows of the CSV are, from the outside in
 */
record AskedView(String view, String route, String query, List<String> arrays) {

  static AskedView of(String view, String route, String query, String... arrays) {
    return new AskedView(view, route, query, List.of(arrays));
  }

  /** The same with a filter. */
  AskedView with(String filter) {
    return new AskedView(
        view,
        route,
        query.isEmpty() || filter.isEmpty() ? query + filter : query + "&" + filter,
        arrays);
  }

  @Override
  public String toString() {
    return view + " " + query;
  }

  /** What the command is given. */
  List<String> arguments(URI dashboard, String form) {
    List<String> arguments =
        new ArrayList<>(List.of("--dashboard", dashboard.toString(), "--view", view));
    parameters().forEach((name, value) -> arguments.addAll(List.of("--" + name, value)));
    arguments.add(form);
    return arguments;
  }

  private Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String each : query.split("&")) {
      if (!each.isEmpty()) {
        parameters.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
      }
    }
    return parameters;
  }

  /** Within the dashboard, with a query. */
  String address(String path) {
    String encoded =
        parameters().entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return encoded.isEmpty() ? path : path + "?" + encoded;
  }

  JsonNode json(URI dashboard) throws Exception {
    return timeless(Http.json(dashboard, address("/api/v1/" + route)));
  }

  List<List<String>> csv(URI dashboard) throws Exception {
    String address = address("/api/v1/" + route);
    return timeless(
        Csv.rows(
            Http.get(dashboard, address + (address.contains("?") ? "&" : "?") + "format=csv")
                .body()));
  }

  /** When it was computed may differ from one question to the next. */
  static JsonNode timeless(JsonNode answer) {
    ((ObjectNode) answer).remove("computedAt");
    return answer;
  }

  static List<List<String>> timeless(List<List<String>> rows) {
    int at = rows.get(0).indexOf("computedAt");
    return rows.stream()
        .map(
            row -> {
              List<String> kept = new ArrayList<>(row);
              if (at >= 0) {
                kept.remove(at);
              }
              return List.copyOf(kept);
            })
        .toList();
  }

  /** What each row of the CSV stands for: the elements from the outermost to the innermost. */
  List<List<JsonNode>> rows(JsonNode answer) {
    List<List<JsonNode>> rows = List.of(List.of(answer));
    for (String array : arrays) {
      List<List<JsonNode>> within = new ArrayList<>();
      for (List<JsonNode> outer : rows) {
        JsonNode elements = outer.get(outer.size() - 1).path(array);
        if (elements.isEmpty() && outer.size() > 1) {
          within.add(and(outer, MissingNode.getInstance()));
        }
        elements.forEach(element -> within.add(and(outer, element)));
      }
      rows = within;
    }
    return rows;
  }

  private static List<JsonNode> and(List<JsonNode> outer, JsonNode element) {
    List<JsonNode> all = new ArrayList<>(outer);
    all.add(element);
    return all;
  }
}
