package org.vidtomo.bench.ingest;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.MessagingException;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.Topology;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;
import org.vidtomo.testkit.Cassandra;
import org.vidtomo.testkit.ChildJvm;
import org.vidtomo.testkit.RabbitMq;

/**
 * From the queue to the store: how fast an aggregator works off a full queue, beside a loop of the
 * bare driver that writes the same rows into the same Cassandra. Broker, Cassandra and aggregator
 * share this machine's processors, as the bare loop and Cassandra do. With {@code --minutes}, for
 * how long an aggregator works without a pause while its memory is watched.
 */
public final class IngestBench {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int AHEAD = 500;
  private static final int POOL = 4_000;

  /** An aggregator runs for days; what it runs on is compiled well after some 10,000 reports. */
  private static final int WARM_TURNS = 3;

  private static final long LOOK_MILLIS = 20;
  private static final Pattern STORED =
      Pattern.compile("stored (\\d+) nanos (\\d+) heap (\\d+) rss (\\d+)");

  private final int reports;
  private final int pairs;
  private final int minutes;
  private final Cassandra cassandra = Cassandra.shared();
  private final String keyspace = cassandra.newKeyspaceName();
  private final URI broker = RabbitMq.shared().newVirtualHost();
  private final BenchReports source = new BenchReports();
  private final BrokerConnection filling =
      new BrokerConnection(BrokerSettings.of(broker, "bench-filling"));
  private int asked;

  private IngestBench(int reports, int pairs, int minutes) {
    this.reports = reports;
    this.pairs = pairs;
    this.minutes = minutes;
  }

  /**
   * {@code --reports N} in each turn (5,000), {@code --pairs N} of turns (5), {@code --minutes N}
   * without a pause (0).
   */
  public static void main(String[] args) throws Exception {
    new IngestBench(
            option(args, "--reports", 5_000),
            option(args, "--pairs", 5),
            option(args, "--minutes", 0))
        .run();
    System.exit(0);
  }

  private static int option(String[] args, String name, int fallback) {
    int at = List.of(args).indexOf(name);
    return at < 0 ? fallback : Integer.parseInt(args[at + 1]);
  }

  private void run() throws Exception {
    filling.start();
    filling.awaitConnected(PATIENCE);
    filling.topology().declareShared();
    try (Store store = Store.open(settings(keyspace))) {
      source.enrol(store);
    }
    try (ChildJvm aggregator =
        ChildJvm.start(
            AggregatorChild.class,
            cassandra.contactPoint().getHostString(),
            String.valueOf(cassandra.contactPoint().getPort()),
            cassandra.localDatacenter(),
            keyspace,
            broker.toString())) {
      fill(reports);
      say("ingest, %,d reports a turn, each %s", reports, source.sizes());
      ours(aggregator);
      StoredRows rows = StoredRows.read(cassandra, keyspace);
      for (int turn = 1; turn < WARM_TURNS; turn++) {
        ours(aggregator);
      }
      bare(aggregator, rows);
      say("  warm: %d rows are written for them", rows.count());
      double perSecond = compare(aggregator, rows);
      if (minutes > 0) {
        endure(aggregator, perSecond);
      }
    }
    filling.close();
  }

  private double compare(ChildJvm aggregator, StoredRows rows) throws Exception {
    Turn[] ours = new Turn[pairs];
    Turn[] bare = new Turn[pairs];
    double[] ratio = new double[pairs];
    double[] ofTime = new double[pairs];
    for (int pair = 0; pair < pairs; pair++) {
      // Each leaves Cassandra work for later: they take turns at being first.
      if (pair % 2 == 0) {
        ours[pair] = ours(aggregator);
        bare[pair] = bare(aggregator, rows);
      } else {
        bare[pair] = bare(aggregator, rows);
        ours[pair] = ours(aggregator);
      }
      ratio[pair] = ours[pair].perSecond() / bare[pair].perSecond();
      ofTime[pair] = bare[pair].millis() / ours[pair].millis();
      say("  pair %d: ours %s", pair + 1, ours[pair]);
      say("          bare %s", bare[pair]);
    }
    say("  queue to stored          %s reports/s", spread(ours, "%.0f"));
    say("  bare driver loop         %s reports/s", spread(bare, "%.0f"));
    say("  ratio                    %s", spread(ratio, "%.2f"));
    say("  ratio of processor time  %s", spread(ofTime, "%.2f"));
    return ours[pairs - 1].perSecond();
  }

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

  /** Fills the queue, and has it worked off. */
  private Turn ours(ChildJvm aggregator) throws Exception {
    fill(reports);
    ProcessorTime before = ProcessorTime.now(aggregator.pid());
    Matcher stored = worked(aggregator, reports);
    ProcessorTime after = ProcessorTime.now(aggregator.pid());
    return new Turn(
        reports * 1e9 / Long.parseLong(stored.group(2)),
        after.millisSince(before, reports, "bench"),
        after.since(before, reports));
  }

  private Turn bare(ChildJvm aggregator, StoredRows rows) throws Exception {
    String other = cassandra.newKeyspaceName();
    Store.open(settings(other)).close();
    ProcessorTime before = ProcessorTime.now(aggregator.pid());
    long nanos = rows.writtenInto(other);
    ProcessorTime after = ProcessorTime.now(aggregator.pid());
    return new Turn(
        reports * 1e9 / nanos,
        after.millisSince(before, reports, "broker"),
        after.since(before, reports));
  }

  private Matcher worked(ChildJvm aggregator, long reports) throws InterruptedException {
    aggregator.send(Long.toString(reports));
    asked++;
    while (true) {
      List<String> answers =
          aggregator.output().lines().filter(line -> STORED.matcher(line).matches()).toList();
      if (answers.size() >= asked) {
        Matcher stored = STORED.matcher(answers.get(asked - 1));
        stored.matches();
        return stored;
      }
      if (!aggregator.isAlive()) {
        throw new IllegalStateException("The aggregator ended:\n" + aggregator.output());
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  /** Until the queue holds so many. */
  private void fill(int count) {
    long there = filling.topology().messageCount(Topology.REPORTS_INGEST).orElse(0);
    Deque<CompletableFuture<Void>> ahead = new ArrayDeque<>();
    for (long i = there; i < count; i++) {
      ahead.add(filling.publisher().publish(source.next()));
      if (ahead.size() >= AHEAD) {
        ahead.remove().join();
      }
    }
    ahead.forEach(CompletableFuture::join);
  }

  /** The same reports again and again: they land on the same rows, and the queue is never empty. */
  private void endure(ChildJvm aggregator, double perSecond) throws InterruptedException {
    List<OutgoingMessage> pool = Stream.generate(source::next).limit(POOL).toList();
    Thread feeding = new Thread(() -> feed(pool), "feeding");
    feeding.setDaemon(true);
    feeding.start();
    say("  minute  reports/s  heap after collections  resident");
    for (int minute = 1; minute <= minutes; minute++) {
      long some = Math.round(perSecond * 60);
      Matcher said = worked(aggregator, some);
      perSecond = some * 1e9 / Long.parseLong(said.group(2));
      say(
          "  %6d  %9.0f  %19d MB  %5d MB",
          minute,
          perSecond,
          Long.parseLong(said.group(3)) >> 20,
          Long.parseLong(said.group(4)) >> 20);
    }
  }

  private void feed(List<OutgoingMessage> pool) {
    for (int i = 0; ; i++) {
      try {
        if (i % AHEAD == 0) {
          while (filling.topology().messageCount(Topology.REPORTS_INGEST).orElse(0) > POOL) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
          }
        }
        filling.publisher().publish(pool.get(i % pool.size()));
      } catch (InterruptedException | MessagingException e) {
        return; // The benchmark ends.
      }
    }
  }

  private StoreSettings settings(String name) {
    return StoreSettings.of(List.of(cassandra.contactPoint()), cassandra.localDatacenter())
        .withKeyspace(name);
  }

  private static String spread(Turn[] turns, String format) {
    return spread(Arrays.stream(turns).mapToDouble(Turn::perSecond).toArray(), format);
  }

  private static String spread(double[] values, String format) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    String each = format + " (" + format + "–" + format + ")";
    return String.format(
        Locale.ROOT, each, sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
  }

  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
