package org.vidtomo.launcher.commands;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vidtomo.agent.http.ByteBudget;
import org.vidtomo.agent.http.UrlGuard;
import org.vidtomo.agent.locate.Located;
import org.vidtomo.agent.policy.AddressPolicy;
import org.vidtomo.agent.run.LocalSettings;
import org.vidtomo.agent.run.ProgressListener;
import org.vidtomo.agent.run.TaskRunner;
import org.vidtomo.agent.service.AgentSettings;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.options.LocalOptions;
import org.vidtomo.launcher.options.MeasurementOptions;
import org.vidtomo.launcher.print.LocatedPrinter;
import org.vidtomo.launcher.print.Terminal;
import org.vidtomo.runtime.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Only the step from page to media: nothing is measured or sent anywhere. */
@Command(
    name = "resolve",
    description = {
      "Find the media of pages, and measure nothing.",
      "URLs are printed with their tokens: they may let others fetch in your name."
    },
    mixinStandardHelpOptions = true)
public final class ResolveCommand implements Callable<Integer> {
  @Mixin private MeasurementOptions measurement = new MeasurementOptions();
  @Mixin private LocalOptions local = new LocalOptions();

  @Option(names = "--json", description = "one object a line: video, lookup, related links")
  private boolean json;

  @Parameters(arity = "1..*", paramLabel = "URL", description = "pages or media files")
  private List<String> urls;

  @Override
  public Integer call() {
    MeasurementParameters parameters = measurement.parameters(MeasurementParameters.DEFAULTS);
    Settings settings = local.settings(Map.of("log.level", "WARN"));
    LocalSettings machine = AgentSettings.local(settings);
    LocatedPrinter printer = new LocatedPrinter(Terminal.detect());
    PrintStream out = System.out;
    boolean all = true;
    try (TaskRunner runner = runner(machine)) {
      for (String url : urls) {
        Located located = runner.locate(url, parameters);
        if (json) {
          out.println(asJson(located));
        } else {
          printer.lines(located).forEach(out::println);
          out.println();
        }
        all &= located.chosen().isPresent();
      }
    }
    return all ? 0 : 1;
  }

  /** As in a report, and candidates have their URLs where these are known. */
  private static ObjectNode asJson(Located located) {
    ObjectNode all = Wire.mapper().createObjectNode();
    ObjectNode lookup = Wire.mapper().valueToTree(located.lookup());
    ArrayNode candidates = (ArrayNode) lookup.path("candidates");
    for (int i = 0; i < located.offered().size(); i++) {
      ((ObjectNode) candidates.get(i)).put("url", located.offered().get(i).url().toString());
    }
    all.set("video", Wire.mapper().valueToTree(located.video()));
    all.set("lookup", lookup);
    located.durationMicros().ifPresent(micros -> all.put("durationMicros", micros));
    all.set("related", Wire.mapper().valueToTree(located.related()));
    return all;
  }

  /** The user names the URL: only private addresses are held back. */
  private static TaskRunner runner(LocalSettings machine) {
    return new TaskRunner(
        machine,
        new TaskRunner.Policy(
            new AddressPolicy(machine.allowPrivate()), UrlGuard.ALL, ByteBudget.UNLIMITED),
        ResolveCommand::nobody,
        ProgressListener.NONE,
        Clock.systemUTC(),
        System::nanoTime);
  }

  /** Only reports name their agent. */
  private static AgentInfo nobody() {
    throw new IllegalStateException("resolving makes no report");
  }
}
