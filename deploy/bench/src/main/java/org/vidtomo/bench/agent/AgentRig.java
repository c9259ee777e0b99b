package org.vidtomo.bench.agent;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vidtomo.bench.Say;
import org.vidtomo.testkit.Ports;

/** What runs at the client's end: an installation, its agent, and the exporter. */
final class AgentRig {
  private static final int STARTS = 5;

  private static final Pattern CONSUMING = Pattern.compile("(?m)^vidtomo_agent_consuming.* 1\\.0$");

  private static final String PERMISSIVE =
      """
      bytes-per-day = 1TB
      bytes-per-month = 1TB
      bytes-per-download = 100GB
      busy-above = 0
      """;

  private static final String EXPORTER_SETTINGS =
      """
      modules:
        video:
          prober: http
          timeout: 120s
          http:
            preferred_ip_protocol: ip4
      """;

  private final Installation installation = new Installation();
  private final int exporterPort = Ports.free();

  private AgentRig() {}

  /** The video's URL, seconds at rest, measurements of each. */
  public static void main(String[] args) throws Exception {
    Thread parent = new Thread(AgentRig::endWithParent, "parent");
    parent.setDaemon(true);
    parent.start();
    new AgentRig().run(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    System.exit(0);
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Nobody writes.
      }
    } catch (IOException e) {
      // The same: there is nobody.
    }
    System.exit(1);
  }

  private void run(String url, int rest, int rounds) throws Exception {
    Path launcher = image().resolve("bin/vidtomo");
    Path home = installation.home();
    try (Watched up = installation.up()) {
      installation.enrol(launcher, up.output());
      Files.writeString(home.resolve(".vidtomo/agent/policy.properties"), PERMISSIVE);
      List<String> agent = List.of(launcher.toString(), "agent", "--allow-private", "--any-site");
      Path settings = home.resolve("blackbox.yml");
      Files.writeString(settings, EXPORTER_SETTINGS);
      List<String> exporter =
          List.of(
              "prometheus-blackbox-exporter",
              "--config.file=" + settings,
              "--web.listen-address=127.0.0.1:" + exporterPort,
              "--timeout-offset=0");
      Table table = new Table();
      table.starts(starts(agent, this::agentReady), starts(exporter, this::exporterReady));
      try (Watched ours = start(agent, this::agentReady);
          Watched theirs = start(exporter, this::exporterReady)) {
        table.rest(ours, theirs, rest);
        for (int i = 0; i < rounds; i++) {
          Duration before = ours.processorTime();
          double seconds = installation.measure(url);
          table.measured(ours, before, seconds, true);
          before = theirs.processorTime();
          seconds = probe(url);
          table.measured(theirs, before, seconds, false);
        }
        table.peaks(ours, theirs);
      }
      table.print();
    }
  }

  private Watched start(List<String> command, BooleanSupplier ready) throws Exception {
    return Watched.start(command, installation.environment(), output -> ready.getAsBoolean());
  }

  private List<Duration> starts(List<String> command, BooleanSupplier ready) throws Exception {
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      try (Watched once = start(command, ready)) {
        times.add(once.startTime());
      }
    }
    return times;
  }

  /** The exporter fetches the video once; how long it took. */
  private double probe(String url) throws IOException {
    URI probe =
        URI.create("http://127.0.0.1:%d/probe?module=video&target=%s".formatted(exporterPort, url));
    String said = installation.get(probe).body();
    Matcher took = Pattern.compile("(?m)^probe_duration_seconds (\\S+)$").matcher(said);
    if (!said.contains("probe_success 1") || !took.find()) {
      throw new IOException("the exporter did not fetch the video: " + said);
    }
    return Double.parseDouble(took.group(1));
  }

  private boolean agentReady() {
    try {
      return CONSUMING.matcher(installation.get(installation.agentMetrics()).body()).find();
    } catch (IOException e) {
      return false;
    }
  }

  private boolean exporterReady() {
    try {
      URI healthy = URI.create("http://127.0.0.1:" + exporterPort + "/-/healthy");
      return installation.get(healthy).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static Path image() throws IOException {
    Path images = Path.of("deploy/agent-image/target/image").toAbsolutePath();
    try (Stream<Path> made = Files.list(images)) {
      Path image = made.findFirst().orElseThrow();
      Say.say("the agent is that of %s, heap 128 MB", image.getFileName());
      return image;
    }
  }
}
