package org.vidtomo.launcher.commands;

import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vidtomo.agent.service.AgentSettings;
import org.vidtomo.agent.service.Explainer;
import org.vidtomo.agent.service.Explanation;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.options.LocalOptions;
import org.vidtomo.launcher.print.Units;
import org.vidtomo.runtime.settings.Settings;
import org.vidtomo.sites.Urls;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What this machine's agent may do. */
@Command(
    name = "policy",
    description = "What this machine's owner allows its agent.",
    mixinStandardHelpOptions = true,
    subcommands = PolicyCommand.ExplainCommand.class)
public final class PolicyCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    System.err.println("say which: vidtomo agent policy explain URL");
    return ExitCode.USAGE;
  }

  /** Whether a URL would be measured. */
  @Command(
      name = "explain",
      description =
          "Say whether this machine's agent would measure a URL now, and which rule says so:"
              + " exit code 0 if it would, 1 if not.",
      mixinStandardHelpOptions = true)
  public static final class ExplainCommand implements Callable<Integer> {
    @Mixin private LocalOptions local = new LocalOptions();

    @Parameters(paramLabel = "URL", description = "a page, as a campaign would name it")
    private String text;

    @Option(names = "--resolve", description = "look up the host, and judge its addresses, too")
    private boolean resolve;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      Settings settings = local.settings(Map.of());
      AgentSettings own = AgentCommand.own(settings);
      if (!isUrl(text)) {
        System.err.println(Units.safe(text, 200) + " is no URL");
        return ExitCode.USAGE;
      }
      Explanation explained = Explainer.explain(own, text, resolve, Clock.systemDefaultZone());
      print(explained);
      return explained.allowed() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static boolean isUrl(String text) {
      try {
        return new URI(text).isAbsolute();
      } catch (URISyntaxException e) {
        // Measurements read what browsers do.
        return Urls.http(text).isPresent();
      }
    }

    private void print(Explanation explained) {
      PrintStream out = System.out;
      if (json) {
        out.println(Wire.toJson(explained));
        return;
      }
      out.println(
          (explained.allowed() ? "would be measured: " : "would not be measured: ")
              + Units.safe(explained.url(), 200));
      for (Explanation.Rule rule : explained.rules()) {
        out.printf(
            "  %-12s %s  %s%n",
            rule.rule(), rule.allowed() ? "yes" : "NO ", Units.safe(rule.detail(), 300));
      }
    }
  }
}
