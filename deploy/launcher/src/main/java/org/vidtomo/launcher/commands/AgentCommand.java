package org.vidtomo.launcher.commands;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.agent.enrol.BrokerAccess;
import org.vidtomo.agent.enrol.Enroller;
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
      AgentCommand.EnrollCommand.class,
      AgentDayCommands.StatusCommand.class,
      AgentDayCommands.PauseCommand.class,
      AgentDayCommands.ResumeCommand.class
    })
public final class AgentCommand implements Callable<Integer> {
  @Mixin private LocalOptions local = new LocalOptions();

  @Option(names = "-x", description = "the public address is neither sent nor stored")
  private boolean anonymous;

  @Override
  public Integer call() throws Exception {
    Settings settings = local.settings(anonymous ? Map.of("anonymous", "true") : Map.of());
    AgentSettings own = AgentSettings.from(settings, CommonOptions.data(settings, "agent"));
    Clock clock = Clock.systemUTC();
    AgentIdentity identity =
        new BrokerAccess(
                AgentIdentity.load(own.directory()), own.directory(), own.authorities(), clock)
            .ofItsOwn();
    try (Metrics metrics = new Metrics()) {
      Lifecycle lifecycle = new Lifecycle("agent");
      Roles roles = new Roles(lifecycle, settings, metrics, clock);
      roles.agent(own, identity);
      roles.operations("agent.listen", own.listen(), Optional.empty());
      return lifecycle.run();
    }
  }

  /** Once per machine. */
  @Command(
      name = "enroll",
      description = "Enrol this machine at a coordinator, once.",
      mixinStandardHelpOptions = true)
  public static final class EnrollCommand implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Option(
        names = "--coordinator",
        required = true,
        paramLabel = "URL",
        description = "the coordinator's address")
    private URI coordinator;

    @Option(
        names = "--invite",
        required = true,
        paramLabel = "TOKEN",
        description = "the invite that its operator gave")
    private String invite;

    @Option(names = "--provider", paramLabel = "NAME", description = "the ISP of this line")
    private String provider;

    @Option(
        names = "--cacert",
        paramLabel = "FILE",
        description =
            "PEM file of the authorities to trust for coordinator and broker, where the invite"
                + " names none (default: the system's)")
    private String cacert;

    @Option(names = "-x", description = "the public address is neither sent nor stored")
    private boolean anonymous;

    @Override
    public Integer call() throws Exception {
      Settings settings =
          common.settings(cacert == null ? Map.of() : Map.of("agent.certificates", cacert));
      Path data = CommonOptions.data(settings, "agent");
      AgentSettings own = AgentSettings.from(settings, data);
      AgentIdentity identity =
          Enroller.enrol(
              own.directory(),
              new Enroller.Enrolment(
                  coordinator, invite, Optional.ofNullable(provider), own.certificates()));
      System.err.println(
          "enrolled as %s in %s; now run: vidtomo agent%s"
              .formatted(identity.agentId(), data, anonymous ? " -x" : ""));
      return 0;
    }
  }
}
