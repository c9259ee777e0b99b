package org.vidtomo.bench.query;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.vidtomo.testkit.Cassandra;
import org.vidtomo.testkit.ChildJvm;

/** A dashboard in a process of its own with the launcher's memory, over a keyspace. */
final class DashboardProcess implements AutoCloseable {
  /** What the launcher gives every role. */
  private static final List<String> JVM = List.of("-Xmx768m", "-XX:+UseSerialGC");

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ChildJvm child;

  DashboardProcess(Cassandra cassandra, String keyspace, URI broker) {
    child =
        ChildJvm.start(
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
  String ready() throws Exception {
    Duration before = cpu();
    long begun = System.nanoTime();
    long deadline = begun + LIMIT.toNanos();
    while (!child.output().contains(DashboardChild.LISTENS)) {
      if (!child.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException("The dashboard did not start:\n" + child.output());
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    while (get("/api/v1/compare?current=true").statusCode() != 200) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("The dashboard is not ready:\n" + child.output());
      }
    }
    return "%.1f s, processor %.1f s"
        .formatted((System.nanoTime() - begun) / 1e9, seconds(cpu().minus(before)));
  }

  /** Where it listens, once it is ready. */
  URI base() {
    String output = child.output();
    int at = output.indexOf(DashboardChild.LISTENS) + DashboardChild.LISTENS.length();
    return URI.create("http://127.0.0.1:" + output.substring(at, output.indexOf('\n', at)).strip());
  }

  HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(base() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The time of processors that it has taken. */
  Duration cpu() {
    return ProcessHandle.of(child.pid())
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  long heapMegabytes() throws Exception {
    new ProcessBuilder("jcmd", String.valueOf(child.pid()), "GC.run")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor(1, TimeUnit.MINUTES);
    return get("/metrics")
            .body()
            .lines()
            .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
            .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum()
        >> 20;
  }

  @Override
  public void close() {
    child.close();
  }
}
