package org.vidtomo.launcher.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the rules for Prometheus and the dashboard for Grafana ask for. */
final class MonitoringFiles {
  static final Path DEPLOY = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern METRIC = Pattern.compile("\\b(?:vidtomo|jvm|process)_[a-z_]+");

  private MonitoringFiles() {}

  static JsonNode rules() throws IOException {
    return new YAMLMapper().readTree(DEPLOY.resolve("prometheus/vidtomo-rules.yml").toFile());
  }

  static JsonNode dashboard() throws IOException {
    return new ObjectMapper().readTree(DEPLOY.resolve("grafana/vidtomo.json").toFile());
  }

  /** Every metric that is named in an expression. */
  static Set<String> metrics() throws IOException {
    Set<String> metrics = new TreeSet<>();
    rules().findValues("expr").forEach(expression -> add(metrics, expression.asText()));
    dashboard().findValues("expr").forEach(expression -> add(metrics, expression.asText()));
    return metrics;
  }

  private static void add(Set<String> metrics, String expression) {
    Matcher found = METRIC.matcher(expression);
    while (found.find()) {
      metrics.add(found.group());
    }
  }

  /** The metrics of an answer to {@code /metrics}. */
  static Set<String> served(String text) {
    Set<String> served = new TreeSet<>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> served.add(line.replaceAll("[{ ].*", "")));
    return served;
  }
}
