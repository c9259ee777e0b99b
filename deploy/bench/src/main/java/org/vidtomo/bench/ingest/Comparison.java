package org.vidtomo.bench.ingest;

import static org.vidtomo.bench.Say.say;

import java.util.Arrays;
import java.util.Locale;
import org.vidtomo.storage.Store;
import org.vidtomo.testkit.Cassandra;

/** An aggregator and a bare loop of the driver, turn by turn. */
final class Comparison {
  /** An aggregator runs for days; it is compared when its code is compiled. */
  private static final int MOST_WARM_TURNS = 12;

  private static final int LEAST_WARM_TURNS = 3;

  /** Compiled: a turn takes hardly less of the processor than the best before. */
  private static final double HARDLY_LESS = 0.97;

  private static final int[] IN_FLIGHT = {64, 128, 256, 512};

  private final IngestRig rig;
  private final Cassandra cassandra;
  private final int reports;

  /**
   * How a turn went.
   *
   * @param millis processor time a report
   * @param each of which process
   */
  private record Turn(double perSecond, double millis, String each) {
    @Override
    public String toString() {
      return "%.0f reports/s, processor ms a report: %s".formatted(perSecond, each);
    }
  }

  Comparison(IngestRig rig, Cassandra cassandra, int reports) {
    this.rig = rig;
    this.cassandra = cassandra;
    this.reports = reports;
  }

  void run(int pairs) throws Exception {
    rig.fill(reports);
    say("ingest, %,d reports a turn, each %s", reports, rig.source.sizes());
    ours();
    String other = cassandra.newKeyspaceName();
    Store.open(rig.settings(other)).close();
    try (StoredRows rows = StoredRows.read(cassandra, rig.keyspace(), other)) {
      warm();
      int inFlight = best(rows);
      say(
          "  warm: %d rows are written for them; the bare loop has %d in flight",
          rows.count(), inFlight);
      compare(rows, inFlight, pairs);
    }
  }

  private void warm() throws Exception {
    double best = Double.MAX_VALUE;
    for (int turn = 1; turn <= MOST_WARM_TURNS; turn++) {
      double millis = ours().millis();
      if (turn >= LEAST_WARM_TURNS && millis > HARDLY_LESS * best) {
        return;
      }
      best = Math.min(best, millis);
    }
  }

  /** How many requests in flight serve the bare loop best; it warms up meanwhile. */
  private int best(StoredRows rows) throws Exception {
    int best = 0;
    double most = 0;
    bare(rows, IN_FLIGHT[0]);
    for (int inFlight : IN_FLIGHT) {
      double perSecond = bare(rows, inFlight).perSecond();
      if (perSecond > most) {
        most = perSecond;
        best = inFlight;
      }
    }
    return best;
  }

  private void compare(StoredRows rows, int inFlight, int pairs) throws Exception {
    Turn[] ours = new Turn[pairs];
    Turn[] bare = new Turn[pairs];
    double[] ratio = new double[pairs];
    double[] ofTime = new double[pairs];
    for (int pair = 0; pair < pairs; pair++) {
      // Each leaves Cassandra work for later: they take turns at being first.
      if (pair % 2 == 0) {
        ours[pair] = ours();
        bare[pair] = bare(rows, inFlight);
      } else {
        bare[pair] = bare(rows, inFlight);
        ours[pair] = ours();
      }
      ratio[pair] = ours[pair].perSecond() / bare[pair].perSecond();
      ofTime[pair] = bare[pair].millis() / ours[pair].millis();
      say("  pair %d: ours %s", pair + 1, ours[pair]);
      say("          bare %s", bare[pair]);
    }
    say("  queue to stored          %s reports/s", spread(ours));
    say("  bare driver loop         %s reports/s", spread(bare));
    say("  ratio                    %s", spread(ratio, "%.2f"));
    say("  ratio of processor time  %s", spread(ofTime, "%.2f"));
  }

  /** Fills the queue, and has it worked off. */
  private Turn ours() throws Exception {
    rig.fill(reports);
    rig.rest();
    ProcessorTime before = rig.processorTime();
    long nanos = rig.store(reports);
    ProcessorTime after = rig.processorTime();
    return new Turn(
        reports * 1e9 / nanos,
        after.millisSince(before, reports, "bench"),
        after.since(before, reports));
  }

  private Turn bare(StoredRows rows, int inFlight) throws Exception {
    rig.rest();
    ProcessorTime before = rig.processorTime();
    long nanos = rows.write(inFlight);
    ProcessorTime after = rig.processorTime();
    return new Turn(
        reports * 1e9 / nanos,
        after.millisSince(before, reports, "broker"),
        after.since(before, reports));
  }

  private static String spread(Turn[] turns) {
    return spread(Arrays.stream(turns).mapToDouble(Turn::perSecond).toArray(), "%.0f");
  }

  private static String spread(double[] values, String format) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    String each = format + " (" + format + "–" + format + ")";
    return String.format(
        Locale.ROOT, each, sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
  }
}
