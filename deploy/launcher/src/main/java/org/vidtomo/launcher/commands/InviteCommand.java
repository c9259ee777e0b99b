package org.vidtomo.launcher.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.options.ServerOptions;
import org.vidtomo.runtime.settings.SettingException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an invite with which agents enrol; lists those there are, and takes them back. */
@Command(
    name = "invite",
    description = "Make an invite with which agents enrol; list those there are, take one back.",
    mixinStandardHelpOptions = true,
    subcommands = {InviteCommand.ListCommand.class, InviteCommand.RevokeCommand.class})
public final class InviteCommand implements Callable<Integer> {
  private static final String PATH = "/api/v1/invites";

  @Mixin private ServerOptions servers = new ServerOptions();

  @Option(
      names = "--uses",
      paramLabel = "N",
      defaultValue = "1",
      description = "agents that may use it (default: ${DEFAULT-VALUE})")
  private int uses;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      defaultValue = "7d",
      description = "for how long it holds (default: ${DEFAULT-VALUE})")
  private String expires;

  @Option(names = "--provider", paramLabel = "NAME", description = "the ISP of all who use it")
  private String provider;

  @Option(names = "--json", description = "as JSON")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    ObjectNode asked = Wire.mapper().createObjectNode().put("uses", uses).put("expires", expires);
    if (provider != null) {
      asked.put("provider", provider);
    }
    JsonNode invite = servers.coordinator().post(PATH, asked, JsonNode.class);
    System.out.println(json ? invite.toString() : invite.path("token").asText());
    return 0;
  }

  @Command(
      name = "list",
      description = "List the invites that agents may still enrol with, the first to end first.",
      mixinStandardHelpOptions = true)
  public static final class ListCommand implements Callable<Integer> {
    @Mixin private ServerOptions servers = new ServerOptions();

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      JsonNode invites = servers.coordinator().get(PATH, JsonNode.class).path("invites");
      if (json) {
        System.out.println(invites);
      } else if (invites.isEmpty()) {
        System.out.println("there are no invites: 'vidtomo invite' makes one");
      } else {
        invites.forEach(invite -> System.out.println(line(invite)));
      }
      return 0;
    }

    /** The id is as long as it is: it is there to be copied. */
    private static String line(JsonNode invite) {
      String provider = invite.path("provider").asText();
      return "%s  %d left until %s%s"
          .formatted(
              invite.path("id").asText(),
              invite.path("usesLeft").asInt(),
              invite.path("expiresAt").asText(),
              provider.isEmpty() ? "" : "  " + provider);
    }
  }

  @Command(
      name = "revoke",
      description = "Take an invite back: nobody enrols with it any more; those who have stay.",
      mixinStandardHelpOptions = true)
  public static final class RevokeCommand implements Callable<Integer> {
    @Mixin private ServerOptions servers = new ServerOptions();

    @Parameters(paramLabel = "ID", description = "of the invite, as 'vidtomo invite list' shows it")
    private String id;

    @Override
    public Integer call() throws Exception {
      if (!id.matches("[0-9a-f]{64}")) {
        throw new SettingException(
            "\"%s\" is no invite's id: 'vidtomo invite list' shows them".formatted(id));
      }
      servers.coordinator().delete(PATH + "/" + id);
      return 0;
    }
  }
}
