package org.vidtomo.launcher;

import org.vidtomo.runtime.Version;
import org.vidtomo.runtime.settings.SettingException;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;

/** Runs the command that a command line names, and says how it failed. */
final class CommandRunner {
  private CommandRunner() {}

  /** What this software calls itself. */
  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {Version.software()};
    }
  }

  /**
   * Runs one command to its end.
   *
   * @param all the command that has all others below it
   * @return the exit code
   */
  static int run(Object all, String... args) {
    return new CommandLine(all).setExecutionExceptionHandler(CommandRunner::failed).execute(args);
  }

  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + message);
    if (Boolean.getBoolean("vidtomo.trace") || System.getenv("VIDTOMO_TRACE") != null) {
      failure.printStackTrace(command.getErr());
    }
    if (failure instanceof InterruptedException) {
      return 130;
    }
    return failure instanceof SettingException
        ? CommandLine.ExitCode.USAGE
        : CommandLine.ExitCode.SOFTWARE;
  }
}
