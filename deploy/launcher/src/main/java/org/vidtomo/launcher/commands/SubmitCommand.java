package org.vidtomo.launcher.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.options.CampaignMixin;
import org.vidtomo.launcher.options.ServerOptions;
import org.vidtomo.runtime.http.JsonHttp;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a list of videos to the coordinator. */
@Command(
    name = "submit",
    description = "Submit a list of videos as a campaign.",
    mixinStandardHelpOptions = true)
public final class SubmitCommand implements Callable<Integer> {
  @Mixin private CampaignMixin options = new CampaignMixin();
  @Mixin private ServerOptions servers = new ServerOptions();

  @Option(names = "--watch", description = "show the progress until the campaign has ended")
  private boolean watch;

  @Option(names = "--json", description = "as JSON")
  private boolean json;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|-|URL",
      description = "a file with a URL a line, - for standard input, or URLs")
  private List<String> sources;

  @Override
  public Integer call() throws Exception {
    JsonHttp coordinator = servers.coordinator();
    JsonNode campaign =
        submit(coordinator, options.options(CampaignOptions.DEFAULTS), urls(sources));
    String id = campaign.path("id").asText();
    if (!json) {
      System.out.println(id);
    }
    if (watch) {
      campaign = new CampaignWatch(coordinator, System.err).toItsEnd(id);
    }
    if (json) {
      System.out.println(campaign);
    }
    return 0;
  }

  /** Posts a campaign; the answer is the campaign. */
  static JsonNode submit(JsonHttp coordinator, CampaignOptions options, List<String> urls)
      throws Exception {
    ObjectNode body = Wire.mapper().createObjectNode();
    body.set("options", Wire.mapper().valueToTree(options));
    ArrayNode list = body.putArray("urls");
    urls.forEach(list::add);
    return coordinator.post("/api/v1/campaigns", body, JsonNode.class);
  }

  private static List<String> urls(List<String> sources) throws IOException {
    if (sources.size() == 1 && sources.get(0).equals("-")) {
      // The stream is the process's own: it stays open.
      return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
          .lines()
          .toList();
    }
    if (sources.size() == 1 && !sources.get(0).contains("://")) {
      return lines(Path.of(sources.get(0)));
    }
    return sources;
  }

  private static List<String> lines(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("there is no file " + file + " that can be read");
    }
    return Files.readAllLines(file, StandardCharsets.UTF_8);
  }
}
