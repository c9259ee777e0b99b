package org.vidtomo.launcher.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.options.ServerOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes an invite with which agents enrol. */
@Command(
    name = "invite",
    description = "Make an invite with which agents enrol.",
    mixinStandardHelpOptions = true)
public final class InviteCommand implements Callable<Integer> {
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
    JsonNode invite = servers.coordinator().post("/api/v1/invites", asked, JsonNode.class);
    System.out.println(json ? invite.toString() : invite.path("token").asText());
    return 0;
  }
}
