package org.vidtomo.launcher.commands;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.vidtomo.launcher.options.ServerOptions;
import org.vidtomo.launcher.print.ComparisonCsv;
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
    JsonNode comparison = asked();
    PrintStream out = System.out;
    if (output.json) {
      out.println(comparison);
    } else if (output.csv) {
      ComparisonCsv.rows(comparison).forEach(out::print);
    } else {
      ComparisonPrinter.lines(comparison).forEach(out::println);
    }
    return 0;
  }

  /** What the dashboard does not answer is told in its words alone. */
  private JsonNode asked() throws Exception {
    try {
      return compare(servers.dashboard(), query());
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
    return dashboard.get(
        "/api/v1/compare?"
            + query.entrySet().stream()
                .map(
                    e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&")),
        JsonNode.class);
  }
}
