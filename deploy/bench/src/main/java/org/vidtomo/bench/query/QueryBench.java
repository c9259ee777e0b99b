package org.vidtomo.bench.query;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.vidtomo.bench.DiskUse;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;
import org.vidtomo.testkit.Cassandra;
import org.vidtomo.testkit.ChildJvm;
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
  private static final int IN_FLIGHT = 256;
  private static final Duration LIMIT = Duration.ofMinutes(10);

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

  /** What the launcher gives every role. */
  private static final List<String> JVM = List.of("-Xmx768m", "-XX:+UseSerialGC");

  private final Cassandra cassandra = Cassandra.shared();
  private final URI broker = RabbitMq.shared().newVirtualHost();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Instant from =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(MadeMeasurements.SPAN);

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
    String keyspace = cassandra.newKeyspaceName();
    try (Store store =
        Store.open(
            StoreSettings.of(List.of(cassandra.contactPoint()), cassandra.localDatacenter())
                .withKeyspace(keyspace))) {
      write(store, new MadeMeasurements(from, size), size, size);
      try (ChildJvm child = dashboard(keyspace)) {
        say("  made from the rows              %s", ready(child));
      }
      try (ChildJvm child = dashboard(keyspace)) {
        say("  started over what was made      %s", ready(child));
        double p95 = ask(child);
        say("  heap after a collection         %d MB", heapMegabytes(child));
        DiskUse.print(cassandra, keyspace);
        if (last) {
          addReports(store, child);
        }
        return p95;
      }
    }
  }

  /**
   * The first of so many in the order of time, the last of which lies thirty days after the first.
   */
  private static void write(Store store, MadeMeasurements made, int some, int count)
      throws Exception {
    long begun = System.nanoTime();
    Semaphore places = new Semaphore(IN_FLIGHT);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    for (int i = 0; i < some; i++) {
      places.acquire();
      Measurement measurement = made.make(i, count);
      store
          .reports()
          .rewrite(measurement)
          .whenComplete(
              (done, error) -> {
                if (error != null) {
                  failure.set(error);
                }
                places.release();
              });
    }
    places.acquire(IN_FLIGHT);
    if (failure.get() != null) {
      throw new IOException("storing measurements", failure.get());
    }
    say("  stored, without the reports     %,.0f/s", some * 1e9 / (System.nanoTime() - begun));
  }

  private ChildJvm dashboard(String keyspace) {
    return ChildJvm.start(
        DashboardChild.class,
        JVM,
        Map.of(),
        cassandra.contactPoint().getHostString(),
        String.valueOf(cassandra.contactPoint().getPort()),
        cassandra.localDatacenter(),
        keyspace,
        broker.toString());
  }

  /** Waits for the first answer with everything in it; how long that took since the start. */
  private String ready(ChildJvm child) throws Exception {
    Duration before = cpu(child);
    long begun = System.nanoTime();
    long deadline = begun + LIMIT.toNanos();
    while (!child.output().contains(DashboardChild.LISTENS)) {
      if (!child.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException("The dashboard did not start:\n" + child.output());
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    while (get(child, "/api/v1/compare?current=true").statusCode() != 200) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("The dashboard is not ready:\n" + child.output());
      }
    }
    return "%.1f s, processor %.1f s"
        .formatted((System.nanoTime() - begun) / 1e9, seconds(cpu(child).minus(before)));
  }

  private double ask(ChildJvm child) throws Exception {
    ask(child, "compare", 17);
    ask(child, "series", 17);
    double p95 = report("compare", ask(child, "compare", 4_711));
    for (String route : OTHERS) {
      report(route, ask(child, route, 4_711));
    }
    return p95;
  }

  private double[] ask(ChildJvm child, String route, long seed) throws Exception {
    List<String> questions = new RandomQueries(from, seed).make(QUESTIONS);
    double[] millis = new double[QUESTIONS];
    for (int i = 0; i < QUESTIONS; i++) {
      String query = query(route, questions.get(i));
      long begun = System.nanoTime();
      HttpResponse<String> answer = get(child, "/api/v1/" + query);
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
  private void addReports(Store store, ChildJvm child) throws Exception {
    Duration before = cpu(child);
    long begun = System.nanoTime();
    int days = (int) MadeMeasurements.SPAN.toDays() / 3;
    write(store, new MadeMeasurements(from, 99), NEW_REPORTS, NEW_REPORTS * days);
    long written = System.nanoTime();
    ready(child);
    long ended = System.nanoTime();
    say(
        "  %,d new reports: the index took %.1f s of the processor in %.1f s, and had all of them"
            + " %.1f s after the last was stored",
        NEW_REPORTS,
        seconds(cpu(child).minus(before)),
        (ended - begun) / 1e9,
        (ended - written) / 1e9);
  }

  private HttpResponse<String> get(ChildJvm child, String path) throws Exception {
    String output = child.output();
    int at = output.indexOf(DashboardChild.LISTENS) + DashboardChild.LISTENS.length();
    String port = output.substring(at, output.indexOf('\n', at)).strip();
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static Duration cpu(ChildJvm child) {
    return ProcessHandle.of(child.pid())
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  private long heapMegabytes(ChildJvm child) throws Exception {
    new ProcessBuilder("jcmd", String.valueOf(child.pid()), "GC.run")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor(1, TimeUnit.MINUTES);
    return get(child, "/metrics")
            .body()
            .lines()
            .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
            .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum()
        >> 20;
  }

  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
