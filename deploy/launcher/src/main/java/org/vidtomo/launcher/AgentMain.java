package org.vidtomo.launcher;

import org.vidtomo.launcher.commands.AgentCommand;
import org.vidtomo.launcher.commands.AgentDoctorCommand;
import org.vidtomo.launcher.commands.MeasureCommand;
import org.vidtomo.launcher.commands.ResolveCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line of a machine that only measures: the package of the agent has no class of the
 * other roles, of the embedded servers or of the store, and nothing here may need one.
 */
@Command(
    name = "vidtomo",
    description = "Measures how video reaches people through their ISPs.",
    mixinStandardHelpOptions = true,
    versionProvider = CommandRunner.Versions.class,
    subcommands = {
      AgentCommand.class,
      MeasureCommand.class,
      ResolveCommand.class,
      AgentDoctorCommand.class,
      CommandLine.HelpCommand.class
    })
public final class AgentMain {
  private AgentMain() {}

  public static void main(String[] args) {
    System.exit(CommandRunner.run(new AgentMain(), args));
  }
}
