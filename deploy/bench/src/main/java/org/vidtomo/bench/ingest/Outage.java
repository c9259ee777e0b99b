package org.vidtomo.bench.ingest;

import static org.vidtomo.bench.Say.say;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.Subscription;
import org.vidtomo.messaging.Topology;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.Store;
import org.vidtomo.testkit.Cassandra;
import org.vidtomo.testkit.PrivateCassandra;

/**
 * Cassandra goes away while reports come, stopped or frozen, and comes back: what the rate does,
 * and whether each report is stored once. Reports are in the queue all the time.
 */
final class Outage {
  private static final int QUEUED = 4_000;
  private static final int WARM_SECONDS = 60;
  private static final int BEFORE_SECONDS = 30;
  private static final int AFTER_SECONDS = 60;
  private static final int LIMIT_SECONDS = 30;

  /** A rate of ten seconds is back when it is so much of the one before. */
  private static final double BACK = 0.9;

  private static final int SPAN_SECONDS = 10;
  private static final int SOME = 1_000;
  private static final long DRAIN_SECONDS = 120;
  private static final long LOOK_MILLIS = 200;

  private final IngestRig rig;
  private final List<Long> counts = new ArrayList<>();
  private final List<QuickReports.Ids> sent = new ArrayList<>();
  private final AtomicBoolean enough = new AtomicBoolean();

  private Outage(IngestRig rig) {
    this.rig = rig;
  }

  /** Both ways of being away, for so many seconds. */
  static void run(int seconds) throws Exception {
    boolean well = true;
    for (boolean frozen : new boolean[] {false, true}) {
      try (PrivateCassandra cassandra = Cassandra.startPrivate();
          IngestRig rig =
              new IngestRig(cassandra.contactPoint(), cassandra.localDatacenter(), "outage")) {
        say("Cassandra is %s for %d s", frozen ? "frozen" : "stopped", seconds);
        well &= new Outage(rig).run(cassandra, frozen, seconds);
      }
    }
    if (!well) {
      System.exit(1);
    }
  }

  private boolean run(PrivateCassandra cassandra, boolean frozen, int seconds) throws Exception {
    Thread feeding = new Thread(this::feed, "feeding");
    feeding.setDaemon(true);
    try (Subscription outcomes = rig.takeOutcomes()) {
      feeding.start();
      rig.begin(Long.MAX_VALUE);
      watch(WARM_SECONDS);
      counts.clear();
      counts.add(rig.stored());
      watch(BEFORE_SECONDS);
      double before = rate(0, counts.size() - 1);
      say("  before: %.0f reports/s", before);
      if (frozen) {
        cassandra.freeze();
      } else {
        cassandra.stop();
      }
      int gone = now();
      watch(seconds);
      say("  away:   %.0f reports/s", rate(gone, counts.size() - 1));
      if (frozen) {
        cassandra.thaw();
      } else {
        cassandra.startAgain();
      }
      int back = now();
      watch(AFTER_SECONDS);
      say("  after, each second: %s", each(back));
      say(
          "  after:  %.0f reports/s in the last half",
          rate(back + AFTER_SECONDS / 2, counts.size() - 1));
      OptionalInt full = full(back, BACK * before);
      say(
          "  full rate (%.0f %% of before, over %d s) %s",
          BACK * 100,
          SPAN_SECONDS,
          full.isPresent() ? "from " + full.getAsInt() + " s after its return" : "not reached");
      boolean whole = storedOnce();
      return whole && full.isPresent() && full.getAsInt() <= LIMIT_SECONDS;
    } finally {
      enough.set(true);
    }
  }

  private void feed() {
    QuickReports reports = new QuickReports(rig.source);
    try {
      rig.feed(QUEUED, () -> enough.get() ? Optional.empty() : Optional.of(next(reports)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private OutgoingMessage next(QuickReports reports) {
    QuickReports.Made made = reports.next();
    synchronized (sent) {
      sent.add(made.ids());
    }
    return made.message();
  }

  private void watch(int seconds) throws InterruptedException {
    long start = System.nanoTime();
    for (int second = 1; second <= seconds; second++) {
      TimeUnit.NANOSECONDS.sleep(start + TimeUnit.SECONDS.toNanos(second) - System.nanoTime());
      counts.add(rig.stored());
    }
  }

  /** Stopping and starting take their time: seconds are counted anew. */
  private int now() throws InterruptedException {
    counts.add(rig.stored());
    return counts.size() - 1;
  }

  private double rate(int from, int to) {
    return (counts.get(to) - counts.get(from)) / (double) (to - from);
  }

  private String each(int from) {
    StringBuilder each = new StringBuilder();
    for (int i = from + 1; i < counts.size(); i++) {
      each.append(counts.get(i) - counts.get(i - 1)).append(' ');
    }
    return each.toString().strip();
  }

  /** The second from which on a span of the rate is as it was. */
  private OptionalInt full(int back, double least) {
    for (int at = back; at + SPAN_SECONDS < counts.size(); at++) {
      if (rate(at, at + SPAN_SECONDS) >= least) {
        return OptionalInt.of(at - back);
      }
    }
    return OptionalInt.empty();
  }

  private boolean storedOnce() throws Exception {
    enough.set(true);
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_SECONDS);
    while ((rig.stored() < size() || rig.queued(Topology.REPORTS_INGEST) > 0)
        && System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    Set<UUID> tasks = new HashSet<>();
    List<UUID> twice = new ArrayList<>();
    int found = 0;
    try (Store store = Store.open(rig.settings(rig.keyspace()))) {
      store
          .measurements()
          .ofCampaign(rig.source.campaign(), 0, (Measurement m) -> count(m, tasks, twice));
      for (int from = 0; from < sent.size(); from += SOME) {
        found +=
            store
                .reportReader()
                .findAll(
                    sent.subList(from, Math.min(sent.size(), from + SOME)).stream()
                        .map(QuickReports.Ids::report)
                        .toList())
                .size();
      }
    }
    long missing = sent.stream().filter(ids -> !tasks.contains(ids.task())).count();
    long dead = rig.queued(Topology.DEAD);
    say(
        "  %,d reports sent: %,d stored, %,d tasks counted, %d twice, %d missing, %d dead letters",
        sent.size(), found, tasks.size(), twice.size(), missing, dead);
    return found == sent.size() && missing == 0 && twice.isEmpty() && dead == 0;
  }

  private static void count(Measurement measurement, Set<UUID> tasks, List<UUID> twice) {
    if (!tasks.add(measurement.taskId())) {
      twice.add(measurement.taskId());
    }
  }

  private int size() {
    synchronized (sent) {
      return sent.size();
    }
  }
}
