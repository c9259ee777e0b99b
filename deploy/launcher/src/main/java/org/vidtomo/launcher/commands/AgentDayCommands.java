package org.vidtomo.launcher.commands;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vidtomo.agent.enrol.AgentDirectory;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.agent.status.AgentStatus;
import org.vidtomo.agent.status.AgentView;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.options.CommonOptions;
import org.vidtomo.launcher.print.AgentStatusPrinter;
import org.vidtomo.runtime.files.PrivateFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What the owner of an agent's machine sees of it, and does. They work on the files in its
 * directory, and so whether it runs or not.
 */
public final class AgentDayCommands {
  /** A running agent looks every second. */
  private static final Duration NOTICE_LIMIT = Duration.ofSeconds(10);

  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private AgentDayCommands() {}

  @Command(
      name = "status",
      description = "Show what this machine's agent does, measured, sent and spent.",
      mixinStandardHelpOptions = true)
  public static final class StatusCommand implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Option(
        names = {"-m", "--measurements"},
        paramLabel = "N",
        defaultValue = "10",
        description = "its last measurements, up to 100 (default: ${DEFAULT-VALUE})")
    private int measurements;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      AgentView view =
          AgentView.of(directory(common), Clock.systemDefaultZone()).withLast(measurements);
      PrintStream out = System.out;
      if (json) {
        out.println(Wire.toJson(view));
      } else {
        AgentStatusPrinter.lines(view).forEach(out::println);
      }
      return 0;
    }
  }

  @Command(
      name = "pause",
      description =
          "Let this machine's agent begin no measurement until 'agent resume'; one that runs ends"
              + " first.",
      mixinStandardHelpOptions = true)
  public static final class PauseCommand implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws Exception {
      AgentDirectory directory = directory(common);
      if (!Files.exists(directory.paused())) {
        PrivateFiles.writeNew(directory.paused(), "");
      }
      return noticed(directory, true);
    }
  }

  @Command(
      name = "resume",
      description = "Let this machine's agent measure again.",
      mixinStandardHelpOptions = true)
  public static final class ResumeCommand implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws Exception {
      AgentDirectory directory = directory(common);
      Files.deleteIfExists(directory.paused());
      return noticed(directory, false);
    }
  }

  private static AgentDirectory directory(CommonOptions common) throws IOException {
    Path data = CommonOptions.data(common.settings(Map.of()), "agent");
    AgentDirectory directory = new AgentDirectory(data);
    AgentIdentity.load(directory); // Says what to do where none is enrolled.
    return directory;
  }

  /** Waits until a running agent does as it is told, and says what follows. */
  private static int noticed(AgentDirectory directory, boolean pause)
      throws IOException, InterruptedException {
    PrintStream err = System.err;
    if (!directory.isTaken()) {
      err.println(pause ? "paused; the agent does not run" : "resumed; the agent does not run");
      return 0;
    }
    long end = System.nanoTime() + NOTICE_LIMIT.toNanos();
    while (System.nanoTime() < end) {
      AgentStatus status = AgentStatus.read(directory.status()).orElse(null);
      if (status != null && status.now().paused() == pause) {
        err.println(
            !pause
                ? "resumed"
                : status.now().measuring().isPresent()
                    ? "paused; the measurement that runs ends within three minutes"
                    : "paused");
        return 0;
      }
      Thread.sleep(LOOK_EVERY.toMillis());
    }
    err.println(
        "the agent runs, but did not notice within %d s: see its log, or restart it"
            .formatted(NOTICE_LIMIT.toSeconds()));
    return 1;
  }
}
