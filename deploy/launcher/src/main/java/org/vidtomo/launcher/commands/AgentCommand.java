package org.vidtomo.launcher.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.agent.enrol.BrokerAccess;
import org.vidtomo.agent.enrol.Consent;
import org.vidtomo.agent.service.AgentSettings;
import org.vidtomo.launcher.options.CommonOptions;
import org.vidtomo.launcher.options.LocalOptions;
import org.vidtomo.launcher.wiring.Roles;
import org.vidtomo.runtime.Lifecycle;
import org.vidtomo.runtime.operations.Metrics;
import org.vidtomo.runtime.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The probe agent on this machine. */
@Command(
    name = "agent",
    description = "Run this machine's probe agent; 'agent enroll' first, once.",
    mixinStandardHelpOptions = true,
    subcommands = {
      EnrollCommand.class,
      AgentDayCommands.StatusCommand.class,
      AgentDayCommands.PauseCommand.class,
      AgentDayCommands.ResumeCommand.class,
      EraseCommand.class,
      PolicyCommand.class
    })
public final class AgentCommand implements Callable<Integer> {
  @Mixin private LocalOptions local = new LocalOptions();

  @Option(names = "-x", description = "the public address is neither sent nor stored")
  private boolean anonymous;

  /** What this machine's agent is told, with its directory. */
  static AgentSettings own(Settings settings) {
    return AgentSettings.from(settings, CommonOptions.data(settings, "agent"));
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = local.settings(anonymous ? Map.of("anonymous", "true") : Map.of());
    AgentSettings own = own(settings);
    if (Files.exists(own.directory().leaving())) {
      throw new IOException(
          "this agent is being erased, and its coordinator does not know yet: run vidtomo agent"
              + " erase again");
    }
    Clock clock = Clock.systemUTC();
    AgentIdentity identity =
        new BrokerAccess(
                AgentIdentity.load(own.directory()), own.directory(), own.authorities(), clock)
            .ofItsOwn();
    try (Metrics metrics = new Metrics()) {
      Lifecycle lifecycle = new Lifecycle("agent");
      Roles roles = new Roles(lifecycle, settings, metrics, clock);
      roles.agent(own.within(Consent.of(own.directory())), identity);
      roles.operations("agent.listen", own.listen(), Optional.empty());
      return lifecycle.run();
    }
  }
}
