package org.vidtomo.bench.agent;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vidtomo.bench.Say;
import org.vidtomo.testkit.Ports;
import org.vidtomo.testkit.TempDirectories;

/** What runs at the client's end: an installation, its agent, and the exporter. */
final class AgentRig {
  private static final int STARTS = 5;
  private static final Duration PROBE_LIMIT = Duration.ofMinutes(2);
  private static final Pattern ENROL = Pattern.compile("\\./vidtomo (agent enroll [^\\n]*)");

  private static final Pattern CONSUMING = Pattern.compile("(?m)^vidtomo_agent_consuming.* 1\\.0$");

  private static final String PERMISSIVE =
      """
      bytes-per-day = 1TB
      bytes-per-month = 1TB
      bytes-per-download = 100GB
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

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path home = TempDirectories.create("agent-home");
  private final int agentPort = Ports.free();
  private final int exporterPort = Ports.free();
  private final Map<String, String> environment =
      Map.of(
          "VIDTOMO_COORDINATOR_LISTEN", "127.0.0.1:" + Ports.free(),
          "VIDTOMO_DASHBOARD_LISTEN", "127.0.0.1:" + Ports.free(),
          "VIDTOMO_BROKER_LISTEN", "127.0.0.1:" + Ports.free(),
          "VIDTOMO_AGENT_LISTEN", "127.0.0.1:" + agentPort,
          "VIDTOMO_JAVA_OPTS", "-Duser.home=" + home);

  private AgentRig() {}

  /** The video's URL, seconds at rest, measurements of each. */
  public static void main(String[] args) throws Exception {
    new AgentRig().run(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    System.exit(0);
  }

  private void run(String url, int rest, int rounds) throws Exception {
    Path agentLauncher = image().resolve("bin/vidtomo");
    try (Watched up =
        Watched.start(
            installation("up"), environment, output -> ENROL.matcher(text(output)).find())) {
      enrol(agentLauncher, up.output());
      Files.writeString(home.resolve(".vidtomo/agent/policy.properties"), PERMISSIVE);
      List<String> agent =
          List.of(agentLauncher.toString(), "agent", "--allow-private", "--any-site");
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
      try (Watched ours = Watched.start(agent, environment, output -> agentReady());
          Watched theirs = Watched.start(exporter, environment, output -> exporterReady())) {
        table.rest(ours, theirs, rest);
        for (int i = 0; i < rounds; i++) {
          Duration before = ours.processorTime();
          double seconds = measure(url);
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

  /** A command of the installation, from the launcher that was built. */
  private List<String> installation(String... arguments) throws IOException {
    Path target = Path.of("deploy/launcher/target").toAbsolutePath();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx768m", "-XX:+UseSerialGC", "-Duser.home=" + home));
    command.add("-cp");
    command.add(
        target.resolve("classes") + ":" + Files.readString(target.resolve("classpath")).strip());
    command.add("org.vidtomo.launcher.Main");
    command.addAll(List.of(arguments));
    return command;
  }

  private List<Duration> starts(List<String> command, java.util.function.BooleanSupplier ready)
      throws Exception {
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      try (Watched once = Watched.start(command, environment, output -> ready.getAsBoolean())) {
        times.add(once.startTime());
      }
    }
    return times;
  }

  private void enrol(Path launcher, String printed) throws Exception {
    Matcher line = ENROL.matcher(printed);
    if (!line.find()) {
      throw new IOException("up printed no line to enrol with: " + printed);
    }
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(line.group(1).split(" ")));
    command.add("--yes");
    done(command);
  }

  /** A campaign of one task; how long its download took. */
  private double measure(String url) throws Exception {
    String watched =
        done(
            installation(
                "submit",
                "--watch",
                "--json",
                "--resolver",
                "system",
                "-D",
                "60s",
                "--download-bytes",
                "10GB",
                "-n",
                "1",
                "-R",
                url));
    if (!watched.contains("\"ok\":1")) {
      throw new IOException("the measurement did not succeed: " + watched);
    }
    URI latest =
        URI.create(
            "http://"
                + environment.get("VIDTOMO_DASHBOARD_LISTEN")
                + "/api/v1/export?format=jsonl");
    String reports = get(latest).body();
    Matcher took = Pattern.compile("\"durationMicros\":(\\d+),\"bytes\":(\\d+)").matcher(reports);
    double seconds = 0;
    while (took.find()) {
      seconds = Double.parseDouble(took.group(1)) / 1e6;
    }
    return seconds;
  }

  /** The exporter fetches the video once; how long it took. */
  private double probe(String url) throws Exception {
    URI probe =
        URI.create("http://127.0.0.1:%d/probe?module=video&target=%s".formatted(exporterPort, url));
    String said = get(probe).body();
    if (!said.contains("probe_success 1")) {
      throw new IOException("the exporter did not fetch the video: " + said);
    }
    Matcher took = Pattern.compile("(?m)^probe_duration_seconds (\\S+)$").matcher(said);
    return took.find() ? Double.parseDouble(took.group(1)) : 0;
  }

  private boolean agentReady() {
    try {
      String metrics = get(URI.create("http://127.0.0.1:" + agentPort + "/metrics")).body();
      return CONSUMING.matcher(metrics).find();
    } catch (IOException e) {
      return false;
    }
  }

  private boolean exporterReady() {
    try {
      return get(URI.create("http://127.0.0.1:" + exporterPort + "/-/healthy")).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpResponse<String> get(URI uri) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(PROBE_LIMIT).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private String done(List<String> command) throws Exception {
    Path output = TempDirectories.create("done").resolve("output");
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(output.toFile());
    Path errors = output.resolveSibling("errors");
    builder.redirectError(errors.toFile()).environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(PROBE_LIMIT.toSeconds() * 2, TimeUnit.SECONDS)
        || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(command + " failed: " + text(output) + text(errors));
    }
    return text(output);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
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
