package org.vidtomo.bench.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.testkit.Ports;
import org.vidtomo.testkit.TempDirectories;

/** A single-machine installation with its own ports and home, from the launcher that was built. */
final class Installation {
  private static final Duration COMMAND_LIMIT = Duration.ofMinutes(4);
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(2);
  private static final Pattern ENROL = Pattern.compile("\\./vidtomo (agent enroll [^\\n]*)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path home = TempDirectories.create("agent-home");
  private final int agentPort = Ports.free();
  private final Map<String, String> environment =
      Map.of(
          "VIDTOMO_COORDINATOR_LISTEN", "127.0.0.1:" + Ports.free(),
          "VIDTOMO_DASHBOARD_LISTEN", "127.0.0.1:" + Ports.free(),
          "VIDTOMO_BROKER_LISTEN", "127.0.0.1:" + Ports.free(),
          "VIDTOMO_AGENT_LISTEN", "127.0.0.1:" + agentPort,
          "VIDTOMO_JAVA_OPTS", "-Duser.home=" + home);

  Path home() {
    return home;
  }

  /** Of every process that belongs to it. */
  Map<String, String> environment() {
    return environment;
  }

  URI agentMetrics() {
    return URI.create("http://127.0.0.1:" + agentPort + "/metrics");
  }

  /** Starts it. */
  Watched up() throws IOException, InterruptedException {
    return Watched.start(command("up"), environment, output -> ENROL.matcher(text(output)).find());
  }

  private List<String> command(String... arguments) throws IOException {
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

  /**
   * Enrols an agent, as {@code up} says.
   *
   * @param launcher the agent's
   * @param printed by {@code up}
   */
  void enrol(Path launcher, String printed) throws IOException, InterruptedException {
    Matcher line = ENROL.matcher(printed);
    if (!line.find()) {
      throw new IOException("up printed no line to enrol with: " + printed);
    }
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(line.group(1).split(" ")));
    command.add("--yes");
    done(command);
  }

  /** Has the agent measure a video, a campaign of one task; how many seconds its download took. */
  double measure(String url) throws IOException, InterruptedException {
    String[] submit = {
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
      url
    };
    JsonNode campaign = tree(done(command(submit)));
    JsonNode report = report(campaign.path("id").asText());
    JsonNode took = report.path("download").path("durationMicros");
    if (!report.path("outcome").asText().equals("ok") || !took.isNumber()) {
      throw new IOException("the measurement did not succeed: " + campaign + " " + report);
    }
    return took.asLong() / 1e6;
  }

  /** The one report of a campaign that is at its end; nothing where there is none. */
  private JsonNode report(String campaign) throws IOException {
    URI export =
        URI.create(
            "http://%s/api/v1/export?format=jsonl&campaign=%s"
                .formatted(environment.get("VIDTOMO_DASHBOARD_LISTEN"), campaign));
    for (String line : get(export).body().lines().toList()) {
      JsonNode tree = tree(line);
      if (tree.path("assignment").path("campaignId").asText().equals(campaign)) {
        return tree;
      }
    }
    return MissingNode.getInstance();
  }

  private static JsonNode tree(String json) throws IOException {
    try {
      return Wire.read(json, JsonNode.class);
    } catch (WireException e) {
      throw new IOException("no JSON: " + json, e);
    }
  }

  /** Asks a server, for two minutes at the most. */
  HttpResponse<String> get(URI uri) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWER_LIMIT).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private String done(List<String> command) throws IOException, InterruptedException {
    Path output = TempDirectories.create("done").resolve("output");
    Path errors = output.resolveSibling("errors");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
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
}
