package org.vidtomo.launcher.commands;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vidtomo.launcher.demo.Demo;
import org.vidtomo.launcher.options.CampaignMixin;
import org.vidtomo.launcher.options.CommonOptions;
import org.vidtomo.launcher.print.ComparisonPrinter;
import org.vidtomo.runtime.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole system on this machine. */
@Command(
    name = "demo",
    description = "Run the whole system on this machine against a test site of its own.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  private static final List<String> METRICS =
      List.of("startup_delay", "stall_ratio", "goodput", "failure_ratio");

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private CampaignMixin campaign = new CampaignMixin();

  @Option(names = "--once", description = "end with the campaign and print the comparison")
  private boolean once;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "of the dashboard; 0: a free one (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(names = "--json", description = "the comparison as JSON")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    // A person watches the progress bar: logs would only stand in its way.
    Settings settings = common.settings(Map.of("log.level", "WARN"));
    PrintStream err = System.err;
    Demo demo = new Demo(settings, CommonOptions.data(settings, "demo"), port, err);
    Thread atEnd = new Thread(demo::close, "demo-end");
    Runtime.getRuntime().addShutdownHook(atEnd);
    try (demo) {
      demo.start();
      JsonNode submitted =
          SubmitCommand.submit(demo.coordinator(), demo.options(campaign), demo.urls());
      String id = submitted.path("id").asText();
      err.printf("campaign %s; see %s%n", id, demo.dashboard().base());
      JsonNode ended = new CampaignWatch(demo.coordinator(), err).toItsEnd(id);
      compare(demo, id);
      if (!once) {
        err.println("the dashboard stays at " + demo.dashboard().base() + "; Ctrl-C ends all");
        return demo.serve();
      }
      return accountedFor(ended, err) ? 0 : 1;
    } finally {
      removeHook(atEnd);
    }
  }

  private void compare(Demo demo, String id) throws Exception {
    if (json) {
      System.out.println(compared(demo, id, METRICS.get(0)));
      return;
    }
    System.out.println("a tiny panel: what follows describes it and proves nothing about ISPs");
    for (String metric : METRICS) {
      ComparisonPrinter.lines(compared(demo, id, metric)).forEach(System.out::println);
    }
  }

  /** With every task that is done. */
  private static JsonNode compared(Demo demo, String id, String metric) throws Exception {
    return CompareCommand.compare(
        demo.dashboard(),
        Map.of("campaign", id, "metric", metric, "by", "provider", "current", "true"));
  }

  private static boolean accountedFor(JsonNode campaign, PrintStream err) {
    JsonNode counts = campaign.path("counts");
    long planned = counts.path("planned").asLong();
    long done = counts.path("done").asLong();
    err.printf("%d of %d tasks done %s%n", done, planned, counts.path("outcomes"));
    return planned > 0 && done == planned;
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook is what closes.
    }
  }
}
