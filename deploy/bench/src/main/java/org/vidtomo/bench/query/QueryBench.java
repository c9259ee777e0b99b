package org.vidtomo.bench.query;

import static org.vidtomo.bench.Say.say;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.vidtomo.bench.DiskUse;
import org.vidtomo.testkit.Cassandra;
import org.vidtomo.testkit.RabbitMq;

/**
 * The dashboard's answers over HTTP to random questions, none of them kept from before, over
 * 10,000, 100,000 and 1,000,000 measurements of 20 ISPs and 30 days in a real Cassandra; and what
 * keeping the index up to date costs.
 */
public final class QueryBench {
  private static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000);
  private static final int QUESTIONS = 200;
  private static final int NEW_REPORTS = 100_000;

  /** Views beside {@code compare}, with what each asks besides. */
  private static final List<String> OTHERS =
      List.of(
          "distribution",
          "series",
          "heatmap",
          "pair?a=ISP%2000&b=ISP%2001",
          "failures",
          "serving",
          "serving?of=host",
          "filters",
          "videos",
          "caches",
          "resolvers",
          "resolvers?by=provider");

  /** What each takes of {@code metric} and {@code by}. */
  private static final Map<String, String> TAKES =
      Map.of(
          "compare",
          "metric by",
          "distribution",
          "metric by",
          "series",
          "metric by",
          "heatmap",
          "metric",
          "pair",
          "metric");

  private final Cassandra cassandra = Cassandra.sharedAsInUse();
  private final URI broker = RabbitMq.shared().newVirtualHost();

  private QueryBench() {}

  /** {@code --measurements N}: only so many. */
  public static void main(String[] args) throws Exception {
    int at = List.of(args).indexOf("--measurements");
    List<Integer> sizes = at < 0 ? SIZES : List.of(Integer.parseInt(args[at + 1]));
    new QueryBench().run(sizes);
    System.exit(0);
  }

  private void run(List<Integer> sizes) throws Exception {
    say(
        "%d questions after as many others to warm up; seeded; nothing kept from before",
        QUESTIONS);
    double first = 0;
    for (int size : sizes) {
      double p95 = over(size, size == sizes.get(sizes.size() - 1));
      first = first == 0 ? p95 : first;
      say("  p95 of compare beside that of %,d: %.2f", sizes.get(0), p95 / first);
    }
  }

  private double over(int size, boolean last) throws Exception {
    say("%,d measurements", size);
    try (MadeStore store = new MadeStore(cassandra)) {
      store.write(size, size, size);
      try (DashboardProcess child = dashboard(store)) {
        say("  made from the rows              %s", child.ready());
      }
      try (DashboardProcess child = dashboard(store)) {
        say("  started over what was made      %s", child.ready());
        double p95 = ask(child, store.from);
        say("  heap after a collection         %d MB", child.heapMegabytes());
        DiskUse.print(cassandra, store.keyspace);
        if (last) {
          addReports(store, child);
        }
        return p95;
      }
    }
  }

  private DashboardProcess dashboard(MadeStore store) {
    return new DashboardProcess(cassandra, store.keyspace, broker);
  }

  private static double ask(DashboardProcess child, Instant from) throws Exception {
    ask(child, "compare", new RandomQueries(from, 17));
    ask(child, "series", new RandomQueries(from, 17));
    double p95 = report("compare", ask(child, "compare", new RandomQueries(from, 4_711)));
    for (String route : OTHERS) {
      report(route, ask(child, route, new RandomQueries(from, 4_711)));
    }
    return p95;
  }

  private static double[] ask(DashboardProcess child, String route, RandomQueries random)
      throws Exception {
    List<String> questions = random.make(QUESTIONS);
    double[] millis = new double[QUESTIONS];
    for (int i = 0; i < QUESTIONS; i++) {
      String query = query(route, questions.get(i));
      long begun = System.nanoTime();
      HttpResponse<String> answer = child.get("/api/v1/" + query);
      millis[i] = (System.nanoTime() - begun) / 1e6;
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(query + ": " + answer.body());
      }
    }
    return millis;
  }

  /** A question as this route takes it. */
  private static String query(String route, String question) {
    String taken = TAKES.getOrDefault(route.replaceAll("[?].*", ""), "");
    String asked = question;
    for (String name : List.of("metric", "by")) {
      asked = taken.contains(name) ? asked : asked.replaceAll("(^|&)" + name + "=[^&]*", "");
    }
    return route + (route.contains("?") ? "&" : "?") + asked.replaceAll("^&", "");
  }

  private static double report(String route, double[] millis) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    double p95 = sorted[(int) Math.ceil(0.95 * sorted.length) - 1];
    say(
        "  %-27s p50 %6.1f ms   p95 %6.1f ms   most %6.1f ms",
        route, sorted[sorted.length / 2], p95, sorted[sorted.length - 1]);
    return p95;
  }

  /** New reports in the order of time, over three of thirty days, as fast as they go in. */
  private static void addReports(MadeStore store, DashboardProcess child) throws Exception {
    Duration before = child.cpu();
    long begun = System.nanoTime();
    int days = (int) MadeMeasurements.SPAN.toDays() / 3;
    store.write(99, NEW_REPORTS, NEW_REPORTS * days);
    long written = System.nanoTime();
    child.ready();
    long ended = System.nanoTime();
    say(
        "  %,d new reports: the index took %.1f s of the processor in %.1f s, and had all of them"
            + " %.1f s after the last was stored",
        NEW_REPORTS,
        DashboardProcess.seconds(child.cpu().minus(before)),
        (ended - begun) / 1e9,
        (ended - written) / 1e9);
  }
}
