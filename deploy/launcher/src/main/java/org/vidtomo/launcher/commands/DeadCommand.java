package org.vidtomo.launcher.commands;

import java.util.List;
import java.util.concurrent.Callable;
import org.vidtomo.launcher.dead.Chosen;
import org.vidtomo.launcher.dead.Settling;
import org.vidtomo.launcher.dead.Showing;
import org.vidtomo.launcher.options.ServerOptions;
import org.vidtomo.launcher.wiring.Brokers;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.DeadLetterQueue;
import org.vidtomo.messaging.DeadLetterQueue.Decision;
import org.vidtomo.runtime.Logging;
import org.vidtomo.runtime.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Messages that could not be handled. It goes to the broker directly: whoever may read its queues
 * may do this, and it works while every role is down.
 */
@Command(
    name = "dead",
    description = "List, show, replay or drop messages that could not be handled.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DeadCommand.ListCommand.class,
      DeadCommand.ShowCommand.class,
      DeadCommand.ReplayCommand.class,
      DeadCommand.DropCommand.class
    })
public final class DeadCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: list, show, replay or drop");
  }

  /** What the commands share: where the broker is. */
  abstract static class OnQueue implements Callable<Integer> {
    @Mixin private ServerOptions servers = new ServerOptions();

    @Option(names = "--json", description = "as JSON")
    boolean json;

    abstract int visit(DeadLetterQueue queue);

    @Override
    public Integer call() throws Exception {
      Settings settings = servers.settings();
      if (settings.string("log.level").isEmpty()) {
        Logging.level("WARN"); // That it connected is of no interest to a person.
      }
      try (BrokerConnection broker = new BrokerConnection(Brokers.settings(settings, "dead"))) {
        broker.start();
        return visit(broker.deadLetters());
      }
    }
  }

  @Command(
      name = "list",
      description = "List them, the oldest first. They stay where they are.",
      mixinStandardHelpOptions = true)
  public static final class ListCommand extends OnQueue {
    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "at most so many (default: ${DEFAULT-VALUE})")
    private int limit = 1_000;

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "only those whose reason has this in it")
    private String reason = "";

    @Spec private CommandSpec spec;

    @Override
    int visit(DeadLetterQueue queue) {
      if (limit < 1) {
        throw new ParameterException(spec.commandLine(), "--limit must be 1 or more");
      }
      Showing showing = Showing.list(Chosen.withReason(reason), json, System.out);
      long there = queue.visit(limit, showing);
      showing.end(there, limit, System.err);
      return 0;
    }
  }

  @Command(
      name = "show",
      description = "Show one of them whole: its headers and what it says.",
      mixinStandardHelpOptions = true)
  public static final class ShowCommand extends OnQueue {
    @Parameters(paramLabel = "ID", description = "its id, or how it begins")
    private String id;

    @Override
    int visit(DeadLetterQueue queue) {
      Showing showing = Showing.whole(Chosen.ofIds(List.of(id)), json, System.out);
      queue.visit(Long.MAX_VALUE, showing);
      return showing.missed(System.err) ? 1 : 0;
    }
  }

  /** Which ones, for the commands that change something. */
  abstract static class Settle extends OnQueue {
    @Parameters(paramLabel = "ID", arity = "0..*", description = "ids, or how they begin")
    private List<String> ids = List.of();

    @Option(names = "--all", description = "all that are there now")
    private boolean all;

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "all whose reason has this in it")
    private String reason;

    @Spec private CommandSpec spec;

    abstract Decision decision();

    private Chosen chosen() {
      int ways = (ids.isEmpty() ? 0 : 1) + (all ? 1 : 0) + (reason == null ? 0 : 1);
      if (ways != 1) {
        throw new ParameterException(
            spec.commandLine(), "say which ones: their ids, --reason TEXT, or --all");
      }
      return ids.isEmpty() ? Chosen.withReason(all ? "" : reason) : Chosen.ofIds(ids);
    }

    @Override
    int visit(DeadLetterQueue queue) {
      Settling settling = new Settling(chosen(), decision(), json, System.out, System.err);
      queue.visit(Long.MAX_VALUE, settling);
      return settling.end();
    }
  }

  @Command(
      name = "replay",
      description =
          "Send them to the queue they came from once more; each is a dead letter until that queue"
              + " has it.",
      mixinStandardHelpOptions = true)
  public static final class ReplayCommand extends Settle {
    @Override
    Decision decision() {
      return Decision.REPLAY;
    }
  }

  @Command(name = "drop", description = "Forget them for good.", mixinStandardHelpOptions = true)
  public static final class DropCommand extends Settle {
    @Override
    Decision decision() {
      return Decision.DROP;
    }
  }
}
