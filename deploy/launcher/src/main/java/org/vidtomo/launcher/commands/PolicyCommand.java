package org.vidtomo.launcher.commands;

import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.vidtomo.agent.dns.Resolvers;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.Names;
import org.vidtomo.agent.policy.AddressPolicy;
import org.vidtomo.agent.policy.AgentPolicy;
import org.vidtomo.agent.policy.DataBudget;
import org.vidtomo.agent.policy.Explanation;
import org.vidtomo.agent.policy.PolicyFile;
import org.vidtomo.agent.run.LocalSettings;
import org.vidtomo.agent.service.AgentSettings;
import org.vidtomo.core.network.Literals;
import org.vidtomo.core.task.AddressFamily;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.options.CommonOptions;
import org.vidtomo.launcher.options.LocalOptions;
import org.vidtomo.launcher.print.Units;
import org.vidtomo.runtime.settings.Settings;
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
    private static final Duration LOOK_UP_LIMIT = Duration.ofSeconds(10);

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
      AgentSettings own = AgentSettings.from(settings, CommonOptions.data(settings, "agent"));
      Optional<URI> url = url();
      if (url.isEmpty()) {
        System.err.println(Units.safe(text, 200) + " is no URL");
        return ExitCode.USAGE;
      }
      AgentPolicy policy =
          PolicyFile.load(own.directory().policy())
              .opened(own.anySite(), own.local().allowPrivate());
      Clock clock = Clock.systemDefaultZone();
      Explanation explained =
          Explanation.of(
              url.get(),
              policy,
              new AddressPolicy(policy.allowPrivate()),
              addresses(url.get(), own.local()),
              DataBudget.spending(own.directory().spent(), policy, clock),
              Files.exists(own.directory().paused()),
              LocalDateTime.now(clock));
      print(explained);
      return explained.allowed() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Optional<URI> url() {
      try {
        return Optional.of(new URI(text)).filter(URI::isAbsolute);
      } catch (URISyntaxException e) {
        return Optional.empty();
      }
    }

    private List<InetAddress> addresses(URI url, LocalSettings machine) throws Names.NameException {
      String host = url.getHost() == null ? "" : url.getHost().replaceAll("^\\[|]$", "");
      if (Literals.parse(host).isPresent() || !resolve || host.isEmpty()) {
        return Literals.parse(host).stream().toList();
      }
      Resolvers resolvers =
          new Resolvers(
              AddressGuard.ALL,
              machine.bindAddress(),
              machine.systemResolver(),
              machine.allowPrivate(),
              System::nanoTime);
      return resolvers
          .names(AddressFamily.AUTO)
          .resolve(host, Deadline.after(System::nanoTime, LOOK_UP_LIMIT))
          .addresses();
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
