package org.vidtomo.dashboard.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.vidtomo.core.wire.Csv;

/**
 * How a view's JSON becomes CSV: a row of headings, then a row for each element of its innermost
 * array, each beginning with what its outer elements say; an outer element with none in it has one
 * row of its own. The numbers are the JSON's own; what is absent is empty.
 */
final class CsvView {
  /** Counts, as they stand in {@code n}. */
  static final String COUNTS = "cells=n/cells,agents=n/agents,prefixes=n/prefixes,videos=n/videos";

  /** An interval's ends. */
  static final String INTERVAL = "low=interval/0,high=interval/1";

  private final List<Level> levels = new ArrayList<>();

  /** An element's columns, and the array of those within it; empty: there is none. */
  private record Level(String array, List<Column> columns) {}

  private record Column(String heading, String pointer) {
    static Column of(String text) {
      int equals = text.indexOf('=');
      return equals < 0
          ? new Column(text, "/" + text)
          : new Column(text.substring(0, equals), "/" + text.substring(equals + 1));
    }

    String text(JsonNode node) {
      JsonNode value = node.at(pointer);
      if (!value.isArray()) {
        return value.asText("");
      }
      List<String> all = new ArrayList<>();
      value.forEach(each -> all.add(each.asText()));
      return String.join(" ", all);
    }
  }

  private CsvView() {}

  /** The columns of the whole answer, by name or as {@code heading=path}, with commas. */
  static CsvView of(String... columns) {
    return new CsvView().with("", columns);
  }

  /** Within that a row for each element of an array, with its columns. */
  CsvView each(String array, String... columns) {
    return with(array, columns);
  }

  private CsvView with(String array, String... columns) {
    levels.add(
        new Level(
            array,
            Arrays.stream(String.join(",", columns).split(","))
                .filter(text -> !text.isEmpty())
                .map(Column::of)
                .toList()));
    return this;
  }

  /** The rows with their line ends. */
  String text(JsonNode answer) {
    StringBuilder text = new StringBuilder(Csv.row(headings()));
    rows(answer, 0, List.of(), row -> text.append(Csv.row(row)));
    return text.toString();
  }

  private List<String> headings() {
    return levels.stream().flatMap(level -> level.columns().stream()).map(Column::heading).toList();
  }

  private void rows(JsonNode node, int at, List<String> before, Consumer<List<String>> action) {
    List<String> row = new ArrayList<>(before);
    levels.get(at).columns().forEach(column -> row.add(column.text(node)));
    if (at + 1 == levels.size()) {
      action.accept(row);
      return;
    }
    JsonNode within = node.path(levels.get(at + 1).array());
    if (within.isEmpty() && at > 0) {
      rows(MissingNode.getInstance(), at + 1, row, action);
    }
    within.forEach(element -> rows(element, at + 1, row, action));
  }
}
