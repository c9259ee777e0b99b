package org.vidtomo.launcher.print;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Campaigns, and what was said of their lists, for a terminal. */
public final class CampaignPrinter {
  private static final int SHORT_ID = 8;
  private static final int NAME = 28;
  private static final int NUMBERS = 10;
  private static final List<String> STATES =
      List.of("planned", "queued", "running", "done", "expired", "cancelled");

  private CampaignPrinter() {}

  /** One line each, at most so many. */
  public static List<String> table(JsonNode campaigns, int most) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%-8s  %-9s  %-20s  %8s  %13s  %s", "id", "state", "begun", "videos", "done", "name"));
    for (JsonNode campaign : campaigns) {
      if (lines.size() > most) {
        lines.add("… and " + (campaigns.size() - most) + " more; --json has them all");
        return lines;
      }
      JsonNode counts = campaign.path("counts");
      lines.add(
          String.format(
              "%-8s  %-9s  %-20s  %8d  %13s  %s",
              begin(campaign.path("id").asText()),
              campaign.path("state").asText(),
              time(campaign),
              campaign.path("videos").asLong(),
              counts.path("done").asLong() + "/" + counts.path("planned").asLong(),
              Units.safe(campaign.path("name").asText(), NAME)));
    }
    if (campaigns.isEmpty()) {
      lines.add("no campaign yet; 'vidtomo submit' begins one");
    }
    return lines;
  }

  /** Everything about one. */
  public static List<String> campaign(JsonNode campaign) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "campaign %s  %s  %s"
            .formatted(
                campaign.path("id").asText(),
                campaign.path("state").asText(),
                Units.safe(campaign.path("name").asText(), NAME)));
    lines.add(
        "begun %s, %d seeds, cycle %d, round %d, %d videos visited so far"
            .formatted(
                time(campaign),
                campaign.path("videos").asLong(),
                campaign.path("cycle").asLong() + 1,
                campaign.path("round").asLong() + 1,
                campaign.path("crawled").asLong()));
    for (JsonNode alert : campaign.path("alerts")) {
      lines.add(
          "ALERT %s: %s"
              .formatted(
                  alert.path("kind").asText(), Units.safe(alert.path("detail").asText(), 300)));
    }
    lines.add(
        String.format("%-24s", "")
            + STATES.stream()
                .map(state -> String.format("%10s", state))
                .collect(Collectors.joining())
            + "  outcomes");
    lines.add(counts("all", campaign.path("counts")));
    for (Map.Entry<String, JsonNode> provider :
        campaign.path("counts").path("providers").properties()) {
      lines.add(counts(provider.getKey(), provider.getValue()));
    }
    return lines;
  }

  /** Which repetition and round it is in; nothing in the first. */
  public static String round(JsonNode campaign) {
    long cycle = campaign.path("cycle").asLong() + 1;
    long round = campaign.path("round").asLong() + 1;
    return (cycle > 1 ? "cycle " + cycle + ", " : "") + (round > 1 ? "round " + round + ", " : "");
  }

  /** What a list's lines were; nothing if every line is a video. */
  public static List<String> list(JsonNode list) {
    List<String> lines = new ArrayList<>();
    if (list.path("lines").asLong() == list.path("videos").asLong()) {
      return lines;
    }
    lines.add(
        "%d lines: %d videos".formatted(list.path("lines").asLong(), list.path("videos").asLong()));
    for (String kind : List.of("blank", "comments", "duplicates", "beyond")) {
      JsonNode some = list.path(kind);
      if (some.path("count").asLong() > 0) {
        lines.add("%d %s: %s".formatted(some.path("count").asLong(), kind, numbers(some)));
      }
    }
    return lines;
  }

  /** What a campaign would take. */
  public static List<String> estimate(JsonNode estimate) {
    if (estimate.hasNonNull("why")) {
      return List.of("nothing would be measured now: " + estimate.path("why").asText());
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d tasks, at most %s of downloads, at most %s days with the agents alive now"
            .formatted(
                estimate.path("tasks").asLong(),
                Units.bytes(estimate.path("bytesAtMost").asLong()),
                days(estimate.path("days").asDouble())));
    for (Map.Entry<String, JsonNode> target : estimate.path("agents").properties()) {
      lines.add(
          "  %s: %d agents"
              .formatted(Units.safe(target.getKey(), NAME), target.getValue().asInt()));
    }
    lines.add(
        "  videos, with what may be found over related links: " + estimate.path("videos").asLong());
    lines.add("limited by " + estimate.path("limitedBy").asText().replace('_', ' '));
    return lines;
  }

  private static String counts(String who, JsonNode counts) {
    String outcomes =
        counts.path("outcomes").properties().stream()
            .map(outcome -> outcome.getKey() + " " + outcome.getValue().asLong())
            .collect(Collectors.joining(", "));
    return String.format("%-24s", Units.safe(who, 24))
        + STATES.stream()
            .map(state -> String.format("%10d", counts.path(state).asLong()))
            .collect(Collectors.joining())
        + "  "
        + outcomes;
  }

  private static String numbers(JsonNode some) {
    String first =
        StreamSupport.stream(some.path("first").spliterator(), false)
            .limit(NUMBERS)
            .map(JsonNode::asText)
            .collect(Collectors.joining(", "));
    return (some.path("count").asLong() == 1 ? "line " : "lines ")
        + first
        + (some.path("count").asLong() > NUMBERS ? ", …" : "");
  }

  private static String days(double days) {
    return String.format(Locale.ROOT, days < 0.1 ? "%.3f" : "%.1f", days);
  }

  private static String begin(String id) {
    return id.substring(0, Math.min(SHORT_ID, id.length()));
  }

  private static String time(JsonNode campaign) {
    String at = campaign.path("createdAt").asText();
    return at.length() > 19 ? at.substring(0, 19) + "Z" : at;
  }
}
