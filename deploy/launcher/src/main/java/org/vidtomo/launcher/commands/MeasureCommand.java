package org.vidtomo.launcher.commands;

import java.io.PrintStream;
import java.net.Inet6Address;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.vidtomo.agent.http.ByteBudget;
import org.vidtomo.agent.http.UrlGuard;
import org.vidtomo.agent.policy.AddressPolicy;
import org.vidtomo.agent.run.LocalSettings;
import org.vidtomo.agent.run.MeasurementRequest;
import org.vidtomo.agent.run.TaskRunner;
import org.vidtomo.agent.service.AgentSettings;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.options.LocalOptions;
import org.vidtomo.launcher.options.MeasurementOptions;
import org.vidtomo.launcher.print.MeasureProgress;
import org.vidtomo.launcher.print.ReportPrinter;
import org.vidtomo.launcher.print.Terminal;
import org.vidtomo.runtime.Version;
import org.vidtomo.runtime.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures from here, now, without broker or database. */
@Command(
    name = "measure",
    description = "Measure videos from this machine, now.",
    mixinStandardHelpOptions = true)
public final class MeasureCommand implements Callable<Integer> {
  @Mixin private MeasurementOptions measurement = new MeasurementOptions();
  @Mixin private LocalOptions local = new LocalOptions();

  @Option(names = "--json", description = "one report a line, as docs/data-format.md describes it")
  private boolean json;

  @Parameters(arity = "1..*", paramLabel = "URL", description = "pages or media files")
  private List<String> urls;

  @Override
  public Integer call() {
    MeasurementParameters parameters = measurement.parameters(MeasurementParameters.DEFAULTS);
    // A person waits for the result: what the instrument logs would only stand in its way.
    Settings settings = local.settings(Map.of("log.level", "WARN"));
    LocalSettings machine = AgentSettings.local(settings);
    Terminal terminal = Terminal.detect();
    ReportPrinter printer = new ReportPrinter(PlayerBuffer.of(parameters), terminal);
    PrintStream out = System.out;
    boolean allOk = true;
    try (MeasureProgress progress = new MeasureProgress(System.err, terminal, parameters);
        TaskRunner runner = runner(machine, settings, progress)) {
      for (int i = 0; i < urls.size(); i++) {
        String url = urls.get(i);
        progress.begin(url, i, urls.size());
        Report report = runner.measure(new MeasurementRequest(url, parameters, Optional.empty()));
        progress.end();
        if (json) {
          out.println(Wire.toJson(report));
        } else {
          printer.lines(report).forEach(out::println);
          out.println();
        }
        allOk &= report.outcome() == Outcome.OK;
      }
    }
    return allOk ? 0 : 1;
  }

  private static TaskRunner runner(
      LocalSettings machine, Settings settings, MeasureProgress progress) {
    // The user names the URL and pays for the bytes: only private addresses are held back, since a
    // page or a redirect may name them too.
    return new TaskRunner(
        machine,
        new TaskRunner.Policy(
            new AddressPolicy(machine.allowPrivate()), UrlGuard.ALL, ByteBudget.UNLIMITED),
        () -> self(machine, settings),
        progress,
        Clock.systemUTC(),
        System::nanoTime);
  }

  private static AgentInfo self(LocalSettings machine, Settings settings) {
    return new AgentInfo(
        "local",
        Version.software(),
        settings.string("provider"),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        AgentSettings.access(settings),
        OptionalLong.empty(),
        machine.bindAddress().filter(Inet6Address.class::isInstance).isPresent() ? "ipv6" : "ipv4");
  }
}
