package org.vidtomo.launcher.commands;

import java.util.Map;
import java.util.concurrent.Callable;
import org.vidtomo.launcher.doctor.Doctor;
import org.vidtomo.launcher.options.CommonOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a machine that has nothing but an agent. */
@Command(
    name = "doctor",
    description = "Check this machine and its agent's connections, and say what to mend.",
    mixinStandardHelpOptions = true)
public final class AgentDoctorCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--json", description = "as JSON")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    return DoctorCommand.examine(common.settings(Map.of()), json, Doctor::ofAgent);
  }
}
