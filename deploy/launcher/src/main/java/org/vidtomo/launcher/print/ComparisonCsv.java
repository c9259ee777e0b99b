package org.vidtomo.launcher.print;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.vidtomo.core.wire.Csv;

/** The groups of a comparison as CSV; docs/data-format.md describes the columns. */
public final class ComparisonCsv {
  private static final List<String> OF_ALL =
      List.of("metric", "by", "unit", "computedAt", "method");
  private static final List<String> COUNTS = List.of("cells", "agents", "prefixes", "videos");
  private static final List<String> OF_GROUP =
      List.of("p10", "p50", "p90", "mean", "rank", "failedShare", "enough", "why");

  private ComparisonCsv() {}

  /** A row of headings, then one a group, with their line ends. */
  public static List<String> rows(JsonNode comparison) {
    List<String> rows = new ArrayList<>();
    rows.add(
        Csv.row(
            Stream.of(
                    OF_ALL.stream(),
                    Stream.of("group"),
                    COUNTS.stream(),
                    Stream.of("low", "high"),
                    OF_GROUP.stream())
                .flatMap(names -> names)
                .toList()));
    comparison.path("groups").forEach(group -> rows.add(row(comparison, group)));
    return rows;
  }

  private static String row(JsonNode comparison, JsonNode group) {
    List<String> cells = new ArrayList<>();
    OF_ALL.forEach(name -> cells.add(comparison.path(name).asText("")));
    cells.add(group.path("key").asText(""));
    COUNTS.forEach(name -> cells.add(group.path("n").path(name).asText("")));
    cells.add(group.path("interval").path(0).asText(""));
    cells.add(group.path("interval").path(1).asText(""));
    OF_GROUP.forEach(name -> cells.add(group.path(name).asText("")));
    return Csv.row(cells);
  }
}
