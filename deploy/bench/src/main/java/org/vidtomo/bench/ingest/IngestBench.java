package org.vidtomo.bench.ingest;

import java.util.List;
import org.vidtomo.bench.DiskUse;
import org.vidtomo.testkit.Cassandra;

/**
 * From the queue to the store: how fast an aggregator works off a full queue, beside a loop of the
 * bare driver that writes the same rows into the same Cassandra. Broker, Cassandra and aggregator
 * share this machine's processors, as the bare loop and Cassandra do. With {@code --minutes}, for
 * how long an aggregator works without a pause while its memory is watched; with {@code --away},
 * for how long its Cassandra is away, stopped and then frozen, while reports come.
 */
public final class IngestBench {
  private IngestBench() {}

  /**
   * {@code --reports N} in each turn (5,000), {@code --pairs N} of turns (5; 0 with one of the
   * others), {@code --minutes N} without a pause, {@code --away SECONDS}.
   */
  public static void main(String[] args) throws Exception {
    int minutes = option(args, "--minutes", 0);
    int away = option(args, "--away", 0);
    int pairs = option(args, "--pairs", minutes + away > 0 ? 0 : 5);
    if (pairs > 0 || minutes > 0) {
      Cassandra cassandra = Cassandra.sharedAsInUse();
      try (IngestRig rig =
          new IngestRig(
              cassandra.contactPoint(), cassandra.localDatacenter(), cassandra.newKeyspaceName())) {
        if (pairs > 0) {
          new Comparison(rig, cassandra, option(args, "--reports", 5_000)).run(pairs);
        }
        if (minutes > 0) {
          Endurance.run(rig, minutes);
          DiskUse.print(cassandra, rig.keyspace());
        }
      }
    }
    if (away > 0) {
      Outage.run(away);
    }
    System.exit(0);
  }

  private static int option(String[] args, String name, int fallback) {
    int at = List.of(args).indexOf(name);
    return at < 0 ? fallback : Integer.parseInt(args[at + 1]);
  }
}
