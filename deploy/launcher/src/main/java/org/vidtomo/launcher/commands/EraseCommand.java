package org.vidtomo.launcher.commands;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.vidtomo.agent.enrol.AgentDirectory;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.agent.enrol.Leaving;
import org.vidtomo.agent.service.AgentSettings;
import org.vidtomo.launcher.options.CommonOptions;
import org.vidtomo.runtime.http.JsonHttpException;
import org.vidtomo.runtime.http.Problem;
import org.vidtomo.runtime.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The end of this machine's agent, and of its data. */
@Command(
    name = "erase",
    description =
        "End this machine's agent for good, and delete its data here and at the coordinator.",
    mixinStandardHelpOptions = true)
public final class EraseCommand implements Callable<Integer> {
  private static final Duration END_LIMIT = Duration.ofSeconds(10);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = {"-y", "--yes"},
      description = "without asking, for scripts")
  private boolean yes;

  @Option(
      names = "--here-only",
      description = "delete what is on this machine; the coordinator keeps what it has")
  private boolean hereOnly;

  @Override
  public Integer call() throws Exception {
    Settings settings = common.settings(Map.of());
    AgentSettings own = AgentCommand.own(settings);
    AgentIdentity identity = AgentIdentity.load(own.directory());
    PrintStream err = System.err;
    err.printf(
        "This ends agent %s for good and deletes its data, here and %s.%n",
        identity.agentId(), hereOnly ? "here alone (--here-only)" : "at " + identity.coordinator());
    YesOrNo.Answer answer = yes ? YesOrNo.Answer.YES : YesOrNo.ofThisProcess().ask("Go on?");
    if (answer != YesOrNo.Answer.YES) {
      err.println(
          answer == YesOrNo.Answer.NO
              ? "nothing was deleted"
              : "nothing was deleted: there is no terminal to ask at; scripts say --yes");
      return answer == YesOrNo.Answer.NO ? ExitCode.SOFTWARE : ExitCode.USAGE;
    }
    end(own.directory(), err);
    return erase(own, identity, new Leaving(own.directory(), Clock.systemUTC()), err);
  }

  private int erase(AgentSettings own, AgentIdentity identity, Leaving leaving, PrintStream err)
      throws IOException, InterruptedException {
    if (!hereOnly) {
      try {
        Leaving.Told told = leaving.atCoordinator(identity, own.authorities());
        err.printf(
            "at the coordinator %,d reports are deleted%s%n",
            told.reports(), told.complete() ? "" : " so far; it goes on by itself");
      } catch (JsonHttpException e) {
        leaving.untilTold();
        err.printf(
            "the coordinator could not be told: %s%nwhat was measured is deleted here; run this"
                + " command again so that it is deleted there, too%s%n",
            e.getMessage(),
            isUnknownThere(e)
                ? ". If it is another installation by now, which knows no such agent: --here-only"
                : "");
        return ExitCode.SOFTWARE;
      }
    }
    leaving.here();
    err.println("all that the agent kept here is deleted");
    if (Files.exists(own.directory().policy())) {
      err.printf("what you wrote stays: %s%n", own.directory().policy());
    }
    return ExitCode.OK;
  }

  /** Agents that were revoked or erased are known. */
  private static boolean isUnknownThere(JsonHttpException e) {
    return e.problem().map(Problem::status).filter(status -> status == 403).isPresent();
  }

  private static void end(AgentDirectory directory, PrintStream err)
      throws IOException, InterruptedException {
    if (!directory.isTaken()) {
      return;
    }
    OptionalLong pid = directory.holder();
    Optional<ProcessHandle> running =
        pid.isPresent() ? ProcessHandle.of(pid.getAsLong()) : Optional.empty();
    err.println("the agent runs; ending it");
    running.ifPresent(ProcessHandle::destroy);
    long end = System.nanoTime() + END_LIMIT.toNanos();
    while (directory.isTaken()) {
      if (running.isEmpty() || System.nanoTime() > end) {
        throw new IOException(
            "the agent in %s runs on: end it, and run this command again"
                .formatted(directory.path()));
      }
      Thread.sleep(LOOK_EVERY.toMillis());
    }
  }
}
