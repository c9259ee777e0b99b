package org.vidtomo.launcher.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.launcher.options.CampaignMixin;
import org.vidtomo.launcher.options.RefusedLocalOptions;
import org.vidtomo.launcher.options.ServerOptions;
import org.vidtomo.launcher.print.CampaignPrinter;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.runtime.http.JsonHttpException;
import org.vidtomo.runtime.http.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a list of videos to the coordinator. */
@Command(
    name = "submit",
    description = "Submit a list of videos as a campaign.",
    mixinStandardHelpOptions = true)
public final class SubmitCommand implements Callable<Integer> {
  /** For the whole of a list, however long. */
  private static final Duration UPLOAD_LIMIT = Duration.ofHours(1);

  @Mixin private CampaignMixin options = new CampaignMixin();
  @Mixin private ServerOptions servers = new ServerOptions();
  @Mixin private RefusedLocalOptions refused = new RefusedLocalOptions();

  @Option(names = "--watch", description = "show the progress until the campaign has ended")
  private boolean watch;

  @Option(
      names = "--dry-run",
      description = "begin nothing; say how many tasks, bytes and days it would take")
  private boolean dryRun;

  @Option(names = "--json", description = "as JSON")
  private boolean json;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE|-|URL",
      description =
          "a file with a URL a line (blank lines and # comments are passed over), - for standard"
              + " input, or URLs; nothing with --service")
  private List<String> sources = List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    JsonHttp coordinator = servers.coordinator();
    ObjectNode asked = options.request(CampaignOptions.DEFAULTS);
    checkSeeds(asked.has("service"));
    JsonNode answer;
    try {
      answer = send(coordinator, asked, sources, dryRun);
    } catch (JsonHttpException e) {
      e.problem().flatMap(Problem::errors).orElse(List.of()).forEach(SubmitCommand::complain);
      throw e;
    }
    CampaignPrinter.list(answer.path("list")).forEach(System.err::println);
    return dryRun ? dry(answer) : begun(coordinator, answer);
  }

  private void checkSeeds(boolean popular) {
    if (sources.isEmpty() != popular) {
      throw new ParameterException(
          spec.commandLine(),
          popular
              ? "--service takes a service's most popular videos in place of a list: give one of them"
              : "say what to measure: a file, - or URLs; or --service for its most popular videos");
    }
  }

  private int dry(JsonNode estimate) {
    if (json) {
      System.out.println(estimate);
    } else {
      CampaignPrinter.estimate(estimate).forEach(System.out::println);
    }
    return 0;
  }

  private int begun(JsonHttp coordinator, JsonNode made) throws Exception {
    String id = made.path("id").asText();
    JsonNode campaign = made;
    if (!json) {
      System.out.println(id);
    }
    if (watch) {
      System.err.println(
          "Ctrl-C ends the watching only; 'vidtomo campaign show " + id + "' looks again");
      campaign = new CampaignWatch(coordinator, System.err).toItsEnd(id);
    }
    if (json) {
      System.out.println(campaign);
    }
    return 0;
  }

  private static void complain(Problem.Fault error) {
    PrintStream err = System.err;
    err.println(error.field() + ": " + error.detail());
  }

  /** Posts a campaign; the answer is the campaign, and what the lines were. */
  static JsonNode submit(JsonHttp coordinator, CampaignOptions options, List<String> urls)
      throws Exception {
    return send(coordinator, options, urls, false);
  }

  private static JsonNode send(
      JsonHttp coordinator, Object options, List<String> sources, boolean dryRun) throws Exception {
    try (InputStream body = SeedSource.body(options, sources)) {
      return coordinator.postLines(
          "/api/v1/campaigns" + (dryRun ? "?dryRun=true" : ""), body, UPLOAD_LIMIT, JsonNode.class);
    }
  }
}
