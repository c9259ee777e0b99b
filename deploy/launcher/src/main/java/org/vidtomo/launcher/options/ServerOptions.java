package org.vidtomo.launcher.options;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.runtime.files.PrivateFiles;
import org.vidtomo.runtime.files.Tokens;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.runtime.settings.Settings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a command finds the coordinator and the dashboard, and with which token. */
public final class ServerOptions {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--coordinator", paramLabel = "URL", description = "the coordinator's address")
  private String coordinator;

  @Option(names = "--dashboard", paramLabel = "URL", description = "the dashboard's address")
  private String dashboard;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "file with the token for the coordinator")
  private String tokenFile;

  /**
   * What a running installation on this machine leaves for commands, so that they need no flags.
   *
   * @param tokenFile of the administrator's token
   */
  public record Endpoints(URI coordinator, URI dashboard, String tokenFile) {
    private static final String FILE = "endpoints.json";

    /** Leaves them where commands of the same user look. */
    public void publish() throws IOException {
      PrivateFiles.createDirectory(home());
      PrivateFiles.write(home().resolve(FILE), Wire.toJson(this));
    }

    /** Takes them back. */
    public void withdraw() throws IOException {
      if (find().filter(this::equals).isPresent()) {
        Files.deleteIfExists(home().resolve(FILE));
      }
    }

    static Optional<Endpoints> find() throws IOException {
      Path file = home().resolve(FILE);
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      try {
        return Optional.of(Wire.read(Files.readAllBytes(file), Endpoints.class));
      } catch (WireException e) {
        throw new IOException(file + " is damaged; delete it: " + e.getMessage(), e);
      }
    }

    private static Path home() {
      return Path.of(System.getProperty("user.home"), ".vidtomo");
    }
  }

  /** The coordinator's HTTP API, with the token. */
  public JsonHttp coordinator() throws IOException {
    Settings settings = settings();
    Optional<Endpoints> here = Endpoints.find();
    URI base =
        settings
            .uri("coordinator")
            .or(() -> here.map(Endpoints::coordinator))
            .orElseThrow(() -> nowhere("coordinator", "8081"));
    Optional<Path> file =
        settings.path("token.file").or(() -> here.map(e -> Path.of(e.tokenFile())));
    return JsonHttp.to(
        base, file.isPresent() ? Optional.of(Tokens.load(file.get())) : Optional.empty());
  }

  /** The dashboard's HTTP API. */
  public JsonHttp dashboard() throws IOException {
    Optional<Endpoints> here = Endpoints.find();
    URI base =
        settings()
            .uri("dashboard")
            .or(() -> here.map(Endpoints::dashboard))
            .orElseThrow(() -> nowhere("dashboard", "8080"));
    return JsonHttp.to(base, Optional.empty());
  }

  private Settings settings() {
    Map<String, String> flags = new HashMap<>();
    Optional.ofNullable(coordinator).ifPresent(url -> flags.put("coordinator", url));
    Optional.ofNullable(dashboard).ifPresent(url -> flags.put("dashboard", url));
    Optional.ofNullable(tokenFile).ifPresent(file -> flags.put("token.file", file));
    return common.settings(flags);
  }

  private static IllegalStateException nowhere(String role, String port) {
    return new IllegalStateException(
        "no %s is known: start one on this machine, or name it: --%s http://HOST:%s"
            .formatted(role, role, port));
  }
}
