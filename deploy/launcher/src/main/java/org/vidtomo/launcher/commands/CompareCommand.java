package org.vidtomo.launcher.commands;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.vidtomo.launcher.options.ServerOptions;
import org.vidtomo.launcher.print.ComparisonPrinter;
import org.vidtomo.runtime.http.JsonHttp;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The dashboard's comparison in a terminal. */
@Command(
    name = "compare",
    description = "Compare ISPs, in a terminal.",
    mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {
  @Mixin private ServerOptions servers = new ServerOptions();

  @Option(names = "--campaign", paramLabel = "ID", description = "only this campaign")
  private String campaign;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      defaultValue = "startup_delay",
      description =
          "startup_delay, stall_ratio, stall_count, stalling_mos, goodput, time_to_first_byte,"
              + " rtt, resolve_time or failure_ratio (default: ${DEFAULT-VALUE})")
  private String metric;

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      defaultValue = "provider",
      description = "provider, asn, cache, resolver or hour (default: ${DEFAULT-VALUE})")
  private String by;

  @Option(names = "--json", description = "as JSON")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    JsonNode comparison = compare(servers.dashboard(), campaign, metric, by);
    PrintStream out = System.out;
    if (json) {
      out.println(comparison);
    } else {
      ComparisonPrinter.lines(comparison).forEach(out::println);
    }
    return 0;
  }

  /** Asks a dashboard for a comparison; a campaign that is null is any. */
  static JsonNode compare(JsonHttp dashboard, String campaign, String metric, String by)
      throws Exception {
    Map<String, String> query = new LinkedHashMap<>();
    if (campaign != null) {
      query.put("campaign", campaign);
    }
    query.put("metric", metric);
    query.put("by", by);
    return dashboard.get(
        "/api/v1/compare?"
            + query.entrySet().stream()
                .map(
                    e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&")),
        JsonNode.class);
  }
}
