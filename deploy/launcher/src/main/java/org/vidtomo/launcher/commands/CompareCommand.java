package org.vidtomo.launcher.commands;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.options.ServerOptions;
import org.vidtomo.launcher.print.ComparisonPrinter;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.runtime.http.JsonHttpException;
import org.vidtomo.runtime.http.Problem;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The dashboard's comparison in a terminal. */
@Command(
    name = "compare",
    description = "Compare ISPs, in a terminal.",
    mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ServerOptions servers = new ServerOptions();

  @Option(names = "--campaign", paramLabel = "ID", description = "only this campaign")
  private String campaign;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description =
          "startup_delay, stall_ratio, stall_count, stalling_mos, goodput, time_to_first_byte,"
              + " rtt, resolve_time or failure_ratio (default: startup_delay; by resolver"
              + " resolve_time)")
  private String metric;

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      defaultValue = "provider",
      description = "provider, asn, cache, resolver or hour (default: ${DEFAULT-VALUE})")
  private String by;

  @ArgGroup private Output output = new Output();

  /** One of them. */
  private static final class Output {
    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Option(names = "--csv", description = "a row a group, as docs/data-format.md describes")
    private boolean csv;
  }

  @Override
  public Integer call() throws Exception {
    PrintStream out = System.out;
    if (output.csv) {
      out.write(asked(this::csv));
      out.flush();
      return 0;
    }
    JsonNode comparison = asked(dashboard -> compare(dashboard, query()));
    if (output.json) {
      out.println(comparison);
    } else {
      ComparisonPrinter.lines(comparison).forEach(out::println);
    }
    return 0;
  }

  private interface Question<T> {
    T ask(JsonHttp dashboard) throws Exception;
  }

  /** The rows are the dashboard's own, so that there is one form of them. */
  private byte[] csv(JsonHttp dashboard) throws Exception {
    Map<String, String> query = query();
    query.put("format", "csv");
    try (InputStream rows = dashboard.stream(path(query))) {
      return rows.readNBytes(Wire.MAX_BYTES);
    }
  }

  /** What the dashboard does not answer is told in its words alone. */
  private <T> T asked(Question<T> question) throws Exception {
    try {
      return question.ask(servers.dashboard());
    } catch (JsonHttpException e) {
      int status = e.problem().map(Problem::status).orElse(0);
      String detail = e.problem().map(Problem::detail).orElse("");
      if (status == 400) {
        throw new ParameterException(spec.commandLine(), detail, e);
      }
      if (status == 422 || status == 501) {
        throw new IOException(detail, e);
      }
      throw e;
    }
  }

  private Map<String, String> query() {
    Map<String, String> query = new LinkedHashMap<>();
    if (campaign != null) {
      query.put("campaign", campaign);
    }
    if (metric != null) {
      query.put("metric", metric);
    }
    query.put("by", by);
    return query;
  }

  /** Asks a dashboard for a comparison. */
  static JsonNode compare(JsonHttp dashboard, Map<String, String> query) throws Exception {
    return dashboard.get(path(query), JsonNode.class);
  }

  private static String path(Map<String, String> query) {
    return "/api/v1/compare?"
        + query.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
  }
}
