package org.vidtomo.launcher.print;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison as the dashboard's {@code /api/v1/compare} gives it, as a table for a person. */
public final class ComparisonPrinter {
  private static final String NOT_ENOUGH = "not enough data";

  private ComparisonPrinter() {}

  /** The lines, without line ends. */
  public static List<String> lines(JsonNode comparison) {
    List<String> out = new ArrayList<>();
    String unit = comparison.path("unit").asText();
    out.add(comparison.path("metric").asText() + " by " + comparison.path("by").asText());
    if (comparison.path("groups").isEmpty()) {
      out.add(
          "  "
              + NOT_ENOUGH
              + " (n = 0): nothing was measured that this view takes in; vidtomo campaign list shows"
              + " what is under way");
      return out;
    }
    out.add(
        "  %-24s %10s %10s %10s   %s".formatted("", "p10", "median", "p90", "cells/agents/videos"));
    boolean enough = true;
    for (JsonNode group : comparison.path("groups")) {
      JsonNode n = group.path("n");
      out.add(
          "  %-24s %10s %10s %10s   %d/%d/%d%s"
              .formatted(
                  Units.safe(group.path("key").asText(), 24),
                  value(group.path("p10"), unit),
                  value(group.path("p50"), unit),
                  value(group.path("p90"), unit),
                  n.path("cells").asLong(),
                  n.path("agents").asLong(),
                  n.path("videos").asLong(),
                  standing(group)));
      enough &= group.path("enough").asBoolean();
    }
    if (!enough) {
      out.add("  descriptive: " + why(comparison));
    }
    if (comparison.hasNonNull("leftOut")) {
      out.add("  left out: " + comparison.path("leftOut").asText());
    }
    return out;
  }

  /** Its rank, or in the dashboard's words what it has too little of. */
  private static String standing(JsonNode group) {
    if (group.has("rank")) {
      return "  rank " + group.path("rank").asInt();
    }
    String why = group.path("why").asText();
    return why.startsWith(NOT_ENOUGH) ? "  " + why.replaceFirst("\\).*", ")") : "";
  }

  private static String why(JsonNode comparison) {
    for (JsonNode group : comparison.path("groups")) {
      if (!group.path("enough").asBoolean() && group.hasNonNull("rule")) {
        return group.path("rule").asText();
      }
    }
    return NOT_ENOUGH;
  }

  private static String value(JsonNode node, String unit) {
    if (!node.isNumber()) {
      return "-";
    }
    double value = node.asDouble();
    return switch (unit) {
      case "s" -> Units.millis(Math.round(value * 1e6));
      case "bit/s" -> Units.rate(Math.round(value));
      default -> String.format(Locale.ROOT, "%.3f", value);
    };
  }
}
