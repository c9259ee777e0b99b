package org.vidtomo.bench.ingest;

import static org.vidtomo.bench.Say.say;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.vidtomo.messaging.Subscription;

/** An aggregator that works without a pause, minute after minute, on reports of their own. */
final class Endurance {
  private static final int QUEUED = 4_000;

  /** By then it is compiled, and its pools and buffers are as large as they get. */
  private static final int SETTLING_MINUTES = 2;

  /** What an aggregator that leaks nothing may hold more in the last minutes than in the first. */
  private static final double SLACK = 1.05;

  private static final long SLACK_BYTES = 4L << 20;

  private Endurance() {}

  static void run(IngestRig rig, int minutes) throws Exception {
    QuickReports reports = new QuickReports(rig.source);
    try (Subscription outcomes = rig.takeOutcomes()) {
      Thread feeding = new Thread(() -> feed(rig, reports), "feeding");
      feeding.setDaemon(true);
      feeding.start();
      rig.begin(Long.MAX_VALUE);
      say("  minute  reports/s  heap after a full collection  resident  Cassandra   broker");
      List<IngestRig.Look> looks = new ArrayList<>();
      long stored = 0;
      long since = System.nanoTime();
      for (int minute = 1; minute <= minutes; minute++) {
        TimeUnit.NANOSECONDS.sleep(since + TimeUnit.MINUTES.toNanos(1) - System.nanoTime());
        IngestRig.Look look = rig.look();
        long now = System.nanoTime();
        say(
            "  %6d  %9.0f  %25.1f MB  %5d MB  %6d MB  %4d MB",
            minute,
            (look.stored() - stored) * 1e9 / (now - since),
            look.heapBytes() / 1048576.0,
            look.residentBytes() >> 20,
            rig.residentBytes("Cassandra") >> 20,
            rig.residentBytes("broker") >> 20);
        looks.add(look);
        stored = look.stored();
        since = now;
      }
      verdict(looks);
    }
  }

  private static void feed(IngestRig rig, QuickReports reports) {
    try {
      rig.feed(QUEUED, () -> Optional.of(reports.next().message()));
    } catch (InterruptedException | RuntimeException e) {
      return; // The benchmark ends.
    }
  }

  private static void verdict(List<IngestRig.Look> looks) {
    if (looks.size() < SETTLING_MINUTES + 4) {
      say("  too short to say whether memory stays");
      return;
    }
    List<IngestRig.Look> settled = looks.subList(SETTLING_MINUTES, looks.size());
    boolean heap = flat("heap", settled, IngestRig.Look::heapBytes);
    boolean resident = flat("resident", settled, IngestRig.Look::residentBytes);
    say("  memory is %s", heap && resident ? "flat" : "NOT flat");
  }

  private static boolean flat(
      String what, List<IngestRig.Look> looks, ToLongFunction<IngestRig.Look> bytes) {
    int half = looks.size() / 2;
    double first = mean(looks.subList(0, half), bytes);
    double last = mean(looks.subList(looks.size() - half, looks.size()), bytes);
    say(
        "  %s: %.1f MB in the first minutes after the %dth, %.1f MB in the last",
        what, first / 1048576, SETTLING_MINUTES, last / 1048576);
    return last <= first * SLACK + SLACK_BYTES;
  }

  private static double mean(List<IngestRig.Look> looks, ToLongFunction<IngestRig.Look> bytes) {
    return looks.stream().mapToLong(bytes).average().orElseThrow();
  }
}
