package org.vidtomo.bench.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.vidtomo.bench.Say;

/** What was found, ours beside theirs. */
final class Table {
  private final List<String> rows = new ArrayList<>();
  private final List<double[]> ours = new ArrayList<>();
  private final List<double[]> theirs = new ArrayList<>();

  void starts(List<Duration> agent, List<Duration> exporter) {
    row("from exec until ready, median of " + agent.size(), "s", median(agent), median(exporter));
  }

  private static double median(List<Duration> times) {
    List<Duration> sorted = times.stream().sorted(Comparator.naturalOrder()).toList();
    return sorted.get(sorted.size() / 2).toNanos() / 1e9;
  }

  /** Both do nothing that was asked of them for so long. */
  void rest(Watched agent, Watched exporter, int seconds) throws InterruptedException {
    Duration first = agent.processorTime();
    Duration second = exporter.processorTime();
    TimeUnit.SECONDS.sleep(seconds);
    row("resident at rest", "MB", agent.residentMegabytes(), exporter.residentMegabytes());
    row(
        "its own part of shared memory, at rest",
        "MB",
        agent.proportionalMegabytes(),
        exporter.proportionalMegabytes());
    row(
        "processor at rest, over " + seconds + " s",
        "% of one",
        percent(agent.processorTime().minus(first), seconds),
        percent(exporter.processorTime().minus(second), seconds));
  }

  private static double percent(Duration busy, double seconds) {
    return 100 * busy.toNanos() / 1e9 / seconds;
  }

  /** One fetched the video once, in so many seconds. */
  void measured(Watched one, Duration before, double seconds, boolean isOurs) {
    double busy = one.processorTime().minus(before).toNanos() / 1e9;
    (isOurs ? ours : theirs).add(new double[] {busy, seconds, one.residentMegabytes()});
  }

  /** After all measurements. */
  void peaks(Watched agent, Watched exporter) {
    for (int i = 0; i < ours.size(); i++) {
      row("video " + (i + 1) + ": took", "s", ours.get(i)[1], theirs.get(i)[1]);
      row("video " + (i + 1) + ": processor time", "s", ours.get(i)[0], theirs.get(i)[0]);
      row(
          "video " + (i + 1) + ": processor while it came",
          "% of one",
          100 * ours.get(i)[0] / ours.get(i)[1],
          100 * theirs.get(i)[0] / theirs.get(i)[1]);
      row("video " + (i + 1) + ": resident after it", "MB", ours.get(i)[2], theirs.get(i)[2]);
    }
    row("most resident at any time", "MB", agent.peakMegabytes(), exporter.peakMegabytes());
  }

  private void row(String what, String unit, double agent, double exporter) {
    rows.add(
        String.format(
            Locale.ROOT,
            "%-42s %10.2f %10.2f %8s  %s",
            what,
            agent,
            exporter,
            // Linux counts processor time in hundredths of a second.
            exporter == 0 ? "-" : String.format(Locale.ROOT, "%.1f", agent / exporter),
            unit));
  }

  void print() {
    Say.say("%-42s %10s %10s %8s", "", "agent", "exporter", "ratio");
    rows.forEach(row -> Say.say("%s", row));
  }
}
