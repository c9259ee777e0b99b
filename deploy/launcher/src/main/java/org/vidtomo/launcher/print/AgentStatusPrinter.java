package org.vidtomo.launcher.print;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vidtomo.agent.policy.DataBudget;
import org.vidtomo.agent.status.AgentStatus;
import org.vidtomo.agent.status.AgentView;
import org.vidtomo.agent.status.OwnMeasurement;

/** An agent's day, for its owner. */
public final class AgentStatusPrinter {
  private static final int URL_CHARS = 48;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private AgentStatusPrinter() {}

  /** The lines, without line ends; times in this machine's zone. */
  public static List<String> lines(AgentView view) {
    List<String> out = new ArrayList<>();
    out.add("agent " + view.agentId() + ": " + state(view));
    view.status()
        .ifPresentOrElse(
            status -> {
              facts(status, out);
              out.add(line("spent", spent(view.spending())));
              measurements(status.measurements(), out);
            },
            () -> {
              out.add(line("spent", spent(view.spending())));
              out.add("it has not run yet: start it with vidtomo agent");
            });
    return out;
  }

  private static String state(AgentView view) {
    Optional<AgentStatus.Now> now = view.status().map(AgentStatus::now);
    String more =
        switch (view.state()) {
          case STOPPED ->
              view.status().map(s -> ", last seen " + time(s.at())).orElse("")
                  + (view.paused() ? ", paused" : "");
          case MEASURING ->
              now.flatMap(AgentStatus.Now::measuring)
                  .map(
                      m ->
                          " "
                              + Units.safe(m.url(), URL_CHARS)
                              + (view.paused() ? ", then paused" : ""))
                  .orElse("");
          case DISCONNECTED ->
              now.flatMap(AgentStatus.Now::problem).map(p -> ": " + Units.safe(p, 200)).orElse("");
          case PAUSED -> ": go on with vidtomo agent resume";
          case QUIET ->
              now.flatMap(AgentStatus.Now::quietUntil)
                  .map(t -> " hours until " + time(t))
                  .orElse("");
          case WAITING -> " for tasks";
        };
    String state =
        view.state() == AgentView.State.DISCONNECTED ? "not connected" : view.state().wireName();
    return state + more;
  }

  private static void facts(AgentStatus status, List<String> out) {
    out.add(line("version", status.software() + ", started " + time(status.startedAt())));
    out.add(
        line(
            "provider",
            Units.safe(status.now().provider().orElse("not said"), 60)
                + status.now().prefix().map(p -> ", network " + Units.safe(p, 50)).orElse("")));
    out.add(line("clock", clock(status.now().clockOffsetMicros())));
    out.add(line("reports", upload(status.upload())));
  }

  private static String clock(OptionalLong offsetMicros) {
    if (offsetMicros.isEmpty()) {
      return "not compared with the coordinator's yet";
    }
    long micros = offsetMicros.getAsLong();
    String side = micros < 0 ? "behind" : "ahead of";
    return Units.millis(Math.abs(micros)) + " " + side + " the coordinator's";
  }

  private static String upload(AgentStatus.Upload upload) {
    StringBuilder text = new StringBuilder();
    text.append(upload.waiting()).append(" waiting");
    if (upload.waiting() > 0) {
      text.append(" (").append(Units.bytes(upload.waitingBytes()));
      upload.oldest().ifPresent(at -> text.append(", the oldest of ").append(time(at)));
      text.append(')');
    }
    text.append(", ").append(upload.dropped()).append(" given up");
    if (upload.damaged() > 0) {
      text.append(", ").append(upload.damaged()).append(" damaged");
    }
    upload.lastConfirmed().ifPresent(at -> text.append(", last delivered ").append(time(at)));
    upload.problem().ifPresent(p -> text.append("; ").append(Units.safe(p, 200)));
    return text.toString();
  }

  private static String spent(DataBudget.Spending spending) {
    return "%s of %s today, %s of %s this month"
        .formatted(
            Units.bytes(spending.todayBytes()),
            Units.bytes(spending.bytesPerDay()),
            Units.bytes(spending.thisMonthBytes()),
            Units.bytes(spending.bytesPerMonth()));
  }

  private static void measurements(List<OwnMeasurement> measurements, List<String> out) {
    if (measurements.isEmpty()) {
      out.add("no measurement yet");
      return;
    }
    out.add("last measurements");
    for (OwnMeasurement each : measurements) {
      out.add(
          "  %s  %-20s %9s %12s %8s  %s"
              .formatted(
                  time(each.at()),
                  each.failure().orElse(each.outcome().wireName()),
                  optional(each.startupDelayMicros()),
                  rate(each.goodputBps()),
                  stalls(each.stallCount()),
                  Units.safe(each.title().orElse(each.url()), URL_CHARS)));
    }
  }

  private static String optional(OptionalLong micros) {
    return micros.isPresent() ? Units.millis(micros.getAsLong()) : "-";
  }

  private static String rate(OptionalLong bps) {
    return bps.isPresent() ? Units.rate(bps.getAsLong()) : "-";
  }

  private static String stalls(OptionalInt count) {
    return count.isEmpty() ? "-" : count.getAsInt() == 1 ? "1 stall" : count.getAsInt() + " stalls";
  }

  private static String line(String what, String text) {
    return "  %-9s %s".formatted(what, text);
  }

  private static String time(Instant at) {
    Duration ago = Duration.between(at, Instant.now());
    return !ago.isNegative() && ago.toSeconds() < 90
        ? ago.toSeconds() + " s ago"
        : TIME.format(at.atZone(ZoneId.systemDefault()));
  }
}
