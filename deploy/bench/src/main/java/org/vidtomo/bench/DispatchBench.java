package org.vidtomo.bench;

import static org.vidtomo.bench.Say.say;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.vidtomo.bench.SimulatedAgents.Agent;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.runtime.files.Tokens;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.testkit.Cassandra;
import org.vidtomo.testkit.ChildJvm;
import org.vidtomo.testkit.Ports;
import org.vidtomo.testkit.RabbitMq;
import org.vidtomo.testkit.TempDirectories;

/**
 * A campaign of a million tasks for a thousand agents: planned with its state rows in a real
 * Cassandra, given out over a real RabbitMQ and accounted for by a coordinator whose heap is
 * bounded at 512 MB, with a restart between.
 */
public final class DispatchBench {
  private static final int MOST_PROVIDERS = 10;
  private static final Duration START_LIMIT = Duration.ofMinutes(10);
  private static final Duration STALL_LIMIT = Duration.ofMinutes(5);
  private static final long LOOK_MILLIS = 250;

  private final long videos;
  private final int agentCount;
  private final int providers;
  private final Cassandra cassandra = Cassandra.sharedAsInUse();
  private final String keyspace = cassandra.newKeyspaceName();
  private final URI broker = RabbitMq.shared().newVirtualHost();
  private final Path directory = TempDirectories.create("bench");
  private final int port = Ports.free();

  private DispatchBench(long tasks, int agentCount) {
    this.agentCount = agentCount;
    this.providers = Math.min(MOST_PROVIDERS, agentCount);
    this.videos = Math.max(1, tasks / providers);
  }

  /** {@code --tasks N} (1,000,000) and {@code --agents N} (1,000). */
  public static void main(String[] args) throws Exception {
    new DispatchBench(option(args, "--tasks", 1_000_000), option(args, "--agents", 1_000)).run();
    System.exit(0);
  }

  private static int option(String[] args, String name, int fallback) {
    int at = List.of(args).indexOf(name);
    return at < 0 ? fallback : Integer.parseInt(args[at + 1]);
  }

  static String url(long number) {
    return "https://video.example.org/watch/" + number;
  }

  private long tasks() {
    return videos * providers;
  }

  private void run() throws Exception {
    say("%,d tasks: %,d videos from %d ISPs, %,d agents", tasks(), videos, providers, agentCount);
    try (SimulatedAgents agents = new SimulatedAgents(broker)) {
      String campaign;
      try (ChildJvm coordinator = started()) {
        agents.appear(enrolled());
        campaign = plan();
        say("  %s", ended(coordinator, CoordinatorChild.HEAP));
      }
      try (ChildJvm coordinator = started()) {
        say("  restart with all planned       %s", line(coordinator, CoordinatorChild.READY));
        giveOut(agents, campaign);
        say("  %s", ended(coordinator, CoordinatorChild.HEAP));
      }
      try (ChildJvm coordinator = started()) {
        say("  restart with all finished      %s", line(coordinator, CoordinatorChild.READY));
        requireAllDone(campaign);
      }
    }
  }

  private String plan() throws Exception {
    long submitted = System.nanoTime();
    String campaign = submit();
    say("  list taken                     %,.0f videos/s", rate(videos, submitted));
    long begun = System.nanoTime();
    await(campaign, now -> now.path("state").asText().equals("running"));
    double planned = rate(tasks(), begun);
    double bare = BareRows.perSecond(cassandra, keyspace);
    say("  planned and stored             %,.0f tasks/s", planned);
    say("  bare driver, a row at a time   %,.0f rows/s", bare);
    say("  ratio                          %.2f", planned / bare);
    return campaign;
  }

  private void giveOut(SimulatedAgents agents, String campaign) throws Exception {
    long begun = System.nanoTime();
    agents.work();
    await(campaign, now -> now.path("state").asText().equals("finished"));
    double accounted = rate(tasks(), begun);
    double given = agents.taken() * 1e9 / agents.handOut().toNanos();
    double peer = PerfTestPeer.perSecond(broker, agents.meanBytes());
    requireAllDone(campaign);
    say("  given out                      %,.0f assignments/s", given);
    say("  measured and accounted for     %,.0f tasks/s", accounted);
    say("  perf-test, %,d bytes each     %,.0f confirmed messages/s", agents.meanBytes(), peer);
    say("  ratio                          %.2f", given / peer);
    say("  assignments that came twice    %,d", agents.taken() - tasks());
  }

  private ChildJvm started() throws InterruptedException {
    ChildJvm child =
        ChildJvm.start(
            CoordinatorChild.class,
            List.of("-Xmx512m"),
            Map.of(),
            cassandra.contactPoint().getHostString(),
            String.valueOf(cassandra.contactPoint().getPort()),
            cassandra.localDatacenter(),
            keyspace,
            broker.toString(),
            directory.toString(),
            String.valueOf(port));
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!child.output().contains(CoordinatorChild.READY)) {
      if (!child.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException("The coordinator did not start:\n" + child.output());
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return child;
  }

  /** Ends it without leave-taking; its last words. */
  private static String ended(ChildJvm child, String words) {
    child.terminate();
    child.awaitExit(START_LIMIT);
    return words + line(child, words);
  }

  private static String line(ChildJvm child, String beginning) {
    return child
        .output()
        .lines()
        .filter(line -> line.startsWith(beginning))
        .map(line -> line.substring(beginning.length()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("It did not say it:\n" + child.output()));
  }

  private JsonHttp http() throws Exception {
    return JsonHttp.to(
        URI.create("http://127.0.0.1:" + port),
        Optional.of(Tokens.load(directory.resolve("admin.token"))),
        START_LIMIT,
        Optional.empty());
  }

  private List<Agent> enrolled() throws Exception {
    JsonHttp http = http();
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < agentCount; i++) {
      String provider = "isp-" + i % providers;
      String invite =
          http.post("/api/v1/invites", Map.of("uses", 1, "provider", provider), JsonNode.class)
              .path("token")
              .asText();
      SigningKey key = SigningKey.generate();
      JsonNode enrolled =
          http.post(
              "/api/v1/agents",
              Map.of(
                  "invite", invite, "publicKey", key.publicKey().encoded(), "software", "bench/1"),
              JsonNode.class);
      agents.add(
          new Agent(
              enrolled.path("agentId").asText(), provider, enrolled.path("queue").asText(), key));
    }
    return agents;
  }

  private String submit() throws Exception {
    Map<String, Object> campaign =
        Map.of(
            "options",
            Map.of("startsPerMinute", 10_000_000),
            "urls",
            LongStream.range(0, videos).mapToObj(DispatchBench::url).toList());
    return http().post("/api/v1/campaigns", campaign, JsonNode.class).path("id").asText();
  }

  private JsonNode look(String campaign) throws Exception {
    return http().get("/api/v1/campaigns/" + campaign, JsonNode.class);
  }

  /** Until it is so; what stands still for long has failed. */
  private void await(String campaign, Predicate<JsonNode> so) throws Exception {
    long moved = System.nanoTime();
    JsonNode before = look(campaign);
    for (JsonNode now = before; !so.test(now); now = look(campaign)) {
      if (!now.equals(before)) {
        before = now;
        moved = System.nanoTime();
      } else if (System.nanoTime() - moved > STALL_LIMIT.toNanos()) {
        throw new IllegalStateException("The campaign stands still: " + now);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private void requireAllDone(String campaign) throws Exception {
    JsonNode counts = look(campaign).path("counts");
    if (counts.path("done").asLong() != tasks() || counts.path("planned").asLong() != tasks()) {
      throw new IllegalStateException("Not all is accounted for: " + counts);
    }
  }

  private static double rate(long count, long sinceNanos) {
    return count * 1e9 / (System.nanoTime() - sinceNanos);
  }
}
