package org.vidtomo.launcher.commands;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vidtomo.aggregator.AggregatorSettings;
import org.vidtomo.launcher.options.CommonOptions;
import org.vidtomo.launcher.wiring.Roles;
import org.vidtomo.runtime.Lifecycle;
import org.vidtomo.runtime.http.ServerTls;
import org.vidtomo.runtime.operations.Metrics;
import org.vidtomo.runtime.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One role in the foreground until SIGTERM. The agent, which has more to it, is apart. */
public final class RoleCommands {
  private RoleCommands() {}

  @Command(
      name = "coordinator",
      description = "Run the coordinator: campaigns, assignment, accounting.",
      mixinStandardHelpOptions = true)
  public static final class CoordinatorCommand implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Option(
        names = "--listen",
        paramLabel = "HOST:PORT",
        description = "of the HTTP API (default: 127.0.0.1:8081)")
    private String listen;

    @Override
    public Integer call() throws Exception {
      return run(
          "coordinator",
          common,
          listen,
          (roles, settings) ->
              roles.coordinator(roles.store(), CommonOptions.data(settings, "coordinator")));
    }
  }

  @Command(
      name = "aggregator",
      description = "Run an aggregator: verifies and stores reports.",
      mixinStandardHelpOptions = true)
  public static final class AggregatorCommand implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Option(
        names = "--listen",
        paramLabel = "HOST:PORT",
        description = "of /health and /metrics (default: 127.0.0.1:8082)")
    private String listen;

    @Override
    public Integer call() throws Exception {
      return run(
          "aggregator",
          common,
          listen,
          (roles, settings) -> {
            AggregatorSettings own = roles.aggregator(roles.store());
            roles.operations("aggregator.listen", own.listen(), ServerTls.from(settings));
          });
    }
  }

  @Command(
      name = "dashboard",
      description = "Run the dashboard: the comparison and the web page.",
      mixinStandardHelpOptions = true)
  public static final class DashboardCommand implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Option(
        names = "--listen",
        paramLabel = "HOST:PORT",
        description = "of the web page (default: 127.0.0.1:8080)")
    private String listen;

    @Override
    public Integer call() throws Exception {
      return run("dashboard", common, listen, (roles, settings) -> roles.dashboard(roles.store()));
    }
  }

  /** What makes up a role. */
  private interface Parts {
    void into(Roles roles, Settings settings) throws Exception;
  }

  private static int run(String role, CommonOptions common, String listen, Parts parts)
      throws Exception {
    Map<String, String> flag = listen == null ? Map.of() : Map.of(role + ".listen", listen);
    Settings settings = common.settings(flag);
    try (Metrics metrics = new Metrics()) {
      Lifecycle lifecycle = new Lifecycle(role);
      parts.into(new Roles(lifecycle, settings, metrics, Clock.systemUTC()), settings);
      return lifecycle.run();
    }
  }
}
