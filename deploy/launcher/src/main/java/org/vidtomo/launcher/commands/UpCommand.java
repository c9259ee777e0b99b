package org.vidtomo.launcher.commands;

import java.util.Map;
import java.util.concurrent.Callable;
import org.vidtomo.launcher.options.CommonOptions;
import org.vidtomo.launcher.up.Up;
import org.vidtomo.runtime.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A real installation on one machine. */
@Command(
    name = "up",
    description = "Run coordinator, aggregator, dashboard, broker and database on this machine.",
    mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws Exception {
    Settings settings = common.settings(Map.of());
    return new Up(settings, CommonOptions.data(settings, "up"), System.out, System.err).run();
  }
}
