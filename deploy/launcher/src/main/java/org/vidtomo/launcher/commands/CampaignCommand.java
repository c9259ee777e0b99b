package org.vidtomo.launcher.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.vidtomo.launcher.options.ServerOptions;
import org.vidtomo.launcher.print.CampaignPrinter;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.runtime.http.JsonHttpException;
import org.vidtomo.runtime.settings.SettingException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at campaigns and steers them. */
@Command(
    name = "campaign",
    description = "List, show, pause, resume or cancel campaigns.",
    mixinStandardHelpOptions = true,
    subcommands = {
      CampaignCommand.ListCommand.class,
      CampaignCommand.ShowCommand.class,
      CampaignCommand.PauseCommand.class,
      CampaignCommand.ResumeCommand.class,
      CampaignCommand.CancelCommand.class
    })
public final class CampaignCommand implements Runnable {
  private static final String PATH = "/api/v1/campaigns";
  private static final int UUID_CHARACTERS = 36;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: list, show, pause, resume or cancel");
  }

  @Command(
      name = "list",
      description = "List the campaigns, the latest first.",
      mixinStandardHelpOptions = true)
  public static final class ListCommand implements Callable<Integer> {
    private static final int SHOWN = 50;

    @Mixin private ServerOptions servers = new ServerOptions();

    @Option(names = "--json", description = "all of them, as JSON")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      JsonNode campaigns = servers.coordinator().get(PATH, JsonNode.class).path("campaigns");
      if (json) {
        System.out.println(campaigns);
        return 0;
      }
      CampaignPrinter.table(campaigns, SHOWN).forEach(System.out::println);
      return 0;
    }
  }

  /** What the commands about one campaign share. */
  abstract static class One implements Callable<Integer> {
    @Mixin private ServerOptions servers = new ServerOptions();

    @Parameters(paramLabel = "ID", description = "of the campaign, or how it begins")
    private String id;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    abstract JsonNode ask(JsonHttp coordinator, String path) throws Exception;

    @Override
    public Integer call() throws Exception {
      JsonHttp coordinator = servers.coordinator();
      JsonNode campaign = ask(coordinator, PATH + "/" + whole(coordinator, id));
      if (json) {
        System.out.println(campaign);
      } else {
        CampaignPrinter.campaign(campaign).forEach(System.out::println);
      }
      return 0;
    }

    /** Nobody types a whole id. */
    private static String whole(JsonHttp coordinator, String begin)
        throws JsonHttpException, InterruptedException {
      if (!begin.matches("[0-9a-fA-F-]+")) {
        throw new SettingException(
            "\"%s\" is no campaign's id: 'vidtomo campaign list' shows them".formatted(begin));
      }
      if (begin.length() == UUID_CHARACTERS) {
        return begin;
      }
      JsonNode all = coordinator.get(PATH, JsonNode.class).path("campaigns");
      List<String> found =
          StreamSupport.stream(all.spliterator(), false)
              .map(campaign -> campaign.path("id").asText())
              .filter(id -> id.startsWith(begin.toLowerCase(java.util.Locale.ROOT)))
              .toList();
      if (found.size() != 1) {
        throw new SettingException(
            "%s campaign's id begins with %s: 'vidtomo campaign list' shows them"
                .formatted(found.isEmpty() ? "no" : "more than one", begin));
      }
      return found.get(0);
    }
  }

  @Command(
      name = "show",
      description = "Show a campaign: its state, counts by ISP and alerts.",
      mixinStandardHelpOptions = true)
  public static final class ShowCommand extends One {
    @Override
    JsonNode ask(JsonHttp coordinator, String path) throws Exception {
      return coordinator.get(path, JsonNode.class);
    }
  }

  @Command(
      name = "pause",
      description = "Let nothing more of a campaign begin until it is resumed.",
      mixinStandardHelpOptions = true)
  public static final class PauseCommand extends One {
    @Override
    JsonNode ask(JsonHttp coordinator, String path) throws Exception {
      return coordinator.post(path + "/pause", NullNode.instance, JsonNode.class);
    }
  }

  @Command(
      name = "resume",
      description = "End a campaign's pause.",
      mixinStandardHelpOptions = true)
  public static final class ResumeCommand extends One {
    @Override
    JsonNode ask(JsonHttp coordinator, String path) throws Exception {
      return coordinator.post(path + "/resume", NullNode.instance, JsonNode.class);
    }
  }

  @Command(
      name = "cancel",
      description = "End a campaign for good: what no agent has begun is not measured.",
      mixinStandardHelpOptions = true)
  public static final class CancelCommand extends One {
    @Override
    JsonNode ask(JsonHttp coordinator, String path) throws Exception {
      return coordinator.post(path + "/cancel", NullNode.instance, JsonNode.class);
    }
  }
}
