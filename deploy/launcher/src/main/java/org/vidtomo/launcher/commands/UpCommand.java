package org.vidtomo.launcher.commands;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.vidtomo.launcher.options.CommonOptions;
import org.vidtomo.launcher.up.Up;
import org.vidtomo.runtime.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A real installation on one machine. */
@Command(
    name = "up",
    description = "Run coordinator, aggregator, dashboard, broker and database on this machine.",
    mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--listen",
      paramLabel = "HOST",
      description =
          "open broker, coordinator and dashboard to others on this address, with TLS; 0.0.0.0: on"
              + " all (default: this machine alone)")
  private String listen;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "by which others reach this machine (default: HOST, or with 0.0.0.0 an address of this"
              + " machine)")
  private String name;

  @Override
  public Integer call() throws Exception {
    Map<String, String> flags = new HashMap<>();
    Optional.ofNullable(listen).ifPresent(host -> flags.put("up.listen", host));
    Optional.ofNullable(name).ifPresent(host -> flags.put("up.name", host));
    Settings settings = common.settings(flags);
    return new Up(settings, CommonOptions.data(settings, "up"), System.out, System.err).run();
  }
}
