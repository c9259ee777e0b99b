package org.vidtomo.launcher.options;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.runtime.files.Tokens;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.runtime.settings.Settings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Where a command finds the coordinator and the dashboard, and with which token. Roles that run on
 * this machine with their defaults are found without a flag.
 */
public final class ServerOptions {
  private static final URI COORDINATOR = URI.create("http://127.0.0.1:8081");
  private static final URI DASHBOARD = URI.create("http://127.0.0.1:8080");

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--coordinator",
      paramLabel = "URL",
      description = "the coordinator's address (default: http://127.0.0.1:8081)")
  private String coordinator;

  @Option(
      names = "--dashboard",
      paramLabel = "URL",
      description = "the dashboard's address (default: http://127.0.0.1:8080)")
  private String dashboard;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "file with the token for the coordinator (default: that of the coordinator on this"
              + " machine, if there)")
  private String tokenFile;

  /** The coordinator's HTTP API, with the token. */
  public JsonHttp coordinator() throws IOException {
    Settings settings = settings();
    Path own = Path.of(System.getProperty("user.home"), ".vidtomo", "coordinator", "admin.token");
    Optional<Path> file =
        settings.path("token.file").or(() -> Optional.of(own).filter(Files::isReadable));
    return JsonHttp.to(
        settings.uri("coordinator").orElse(COORDINATOR),
        file.isPresent() ? Optional.of(Tokens.load(file.get())) : Optional.empty());
  }

  /** The dashboard's HTTP API. */
  public JsonHttp dashboard() throws IOException {
    return JsonHttp.to(settings().uri("dashboard").orElse(DASHBOARD), Optional.empty());
  }

  private Settings settings() {
    Map<String, String> flags = new HashMap<>();
    Optional.ofNullable(coordinator).ifPresent(url -> flags.put("coordinator", url));
    Optional.ofNullable(dashboard).ifPresent(url -> flags.put("dashboard", url));
    Optional.ofNullable(tokenFile).ifPresent(file -> flags.put("token.file", file));
    return common.settings(flags);
  }
}
