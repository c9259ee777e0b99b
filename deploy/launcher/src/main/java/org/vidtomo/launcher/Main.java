package org.vidtomo.launcher;

import org.vidtomo.launcher.commands.AgentCommand;
import org.vidtomo.launcher.commands.CaCommand;
import org.vidtomo.launcher.commands.CampaignCommand;
import org.vidtomo.launcher.commands.CompareCommand;
import org.vidtomo.launcher.commands.DeadCommand;
import org.vidtomo.launcher.commands.DemoCommand;
import org.vidtomo.launcher.commands.DoctorCommand;
import org.vidtomo.launcher.commands.ExportCommand;
import org.vidtomo.launcher.commands.ImportCommand;
import org.vidtomo.launcher.commands.InviteCommand;
import org.vidtomo.launcher.commands.KeysCommand;
import org.vidtomo.launcher.commands.MeasureCommand;
import org.vidtomo.launcher.commands.NetworksCommand;
import org.vidtomo.launcher.commands.RederiveCommand;
import org.vidtomo.launcher.commands.ResolveCommand;
import org.vidtomo.launcher.commands.RoleCommands;
import org.vidtomo.launcher.commands.SubmitCommand;
import org.vidtomo.launcher.commands.UpCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line: {@code ./vidtomo COMMAND}. Exit codes: 0 done, 1 the work failed, 2 wrong
 * usage, 130 interrupted.
 */
@Command(
    name = "vidtomo",
    description = "Measures how video reaches people through their ISPs.",
    mixinStandardHelpOptions = true,
    versionProvider = CommandRunner.Versions.class,
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      MeasureCommand.class,
      ResolveCommand.class,
      RoleCommands.CoordinatorCommand.class,
      AgentCommand.class,
      RoleCommands.AggregatorCommand.class,
      RoleCommands.DashboardCommand.class,
      InviteCommand.class,
      CaCommand.class,
      KeysCommand.class,
      SubmitCommand.class,
      CampaignCommand.class,
      CompareCommand.class,
      DoctorCommand.class,
      DeadCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      NetworksCommand.class,
      RederiveCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs one command to its end. */
  static int run(String... args) {
    return CommandRunner.run(new Main(), args);
  }
}
