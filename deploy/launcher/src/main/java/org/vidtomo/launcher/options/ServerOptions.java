package org.vidtomo.launcher.options;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.runtime.files.Tokens;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.runtime.http.Loopback;
import org.vidtomo.runtime.settings.Settings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Where a command finds the coordinator and the dashboard, and with which token. What {@code
 * vidtomo up} runs on this machine is found without a flag, and so are roles that run here with
 * their defaults.
 */
public final class ServerOptions {
  private static final URI COORDINATOR = URI.create("http://127.0.0.1:8081");
  private static final URI DASHBOARD = URI.create("http://127.0.0.1:8080");
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--coordinator",
      paramLabel = "URL",
      description =
          "the coordinator's address (default: that of 'vidtomo up' on this machine, else"
              + " http://127.0.0.1:8081)")
  private String coordinator;

  @Option(
      names = "--dashboard",
      paramLabel = "URL",
      description =
          "the dashboard's address (default: that of 'vidtomo up' on this machine, else"
              + " http://127.0.0.1:8080)")
  private String dashboard;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "file with the token for the coordinator (default: that of the coordinator on this"
              + " machine, if there)")
  private String tokenFile;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "PEM file of the authorities to trust for https (default: the system's)")
  private String ca;

  /** The coordinator's HTTP API, with the token. */
  public JsonHttp coordinator() throws IOException {
    Settings settings = settings();
    URI url = settings.uri("coordinator").orElse(COORDINATOR);
    Optional<Path> file = tokenFile(settings, CommonOptions.home(), url);
    Optional<String> token =
        file.isPresent() ? Optional.of(Tokens.load(file.get())) : Optional.empty();
    return JsonHttp.to(url, token, TIMEOUT, settings.path("tls.ca"))
        .advising("start vidtomo up, or say with --coordinator where it runs");
  }

  /** The dashboard's HTTP API. */
  public JsonHttp dashboard() throws IOException {
    Settings settings = settings();
    return JsonHttp.to(
            settings.uri("dashboard").orElse(DASHBOARD),
            Optional.empty(),
            TIMEOUT,
            settings.path("tls.ca"))
        .advising("start vidtomo up, or say with --dashboard where it runs");
  }

  /**
   * Flags over environment over file over what {@code vidtomo up} runs on this machine. Also says
   * where broker and database are: {@code amqp.uri}, {@code cassandra.contact.points} and its like.
   *
   * @throws IOException when the file that {@code vidtomo up} left cannot be read
   */
  public Settings settings() throws IOException {
    Map<String, String> flags = new HashMap<>();
    Optional.ofNullable(coordinator).ifPresent(url -> flags.put("coordinator", url));
    Optional.ofNullable(dashboard).ifPresent(url -> flags.put("dashboard", url));
    Optional.ofNullable(tokenFile).ifPresent(file -> flags.put("token.file", file));
    Optional.ofNullable(ca).ifPresent(file -> flags.put("tls.ca", file));
    Settings given = common.settings(flags);
    Path file = Endpoints.file(given);
    return Endpoints.running(file).map(found -> found.below(given, file)).orElse(given);
  }

  /**
   * The file with the token for a coordinator: that which is named, else that of a coordinator on
   * this machine. No other machine is shown this one's token unasked.
   *
   * @param home where Vidtomo keeps what is this user's
   */
  public static Optional<Path> tokenFile(Settings settings, Path home, URI coordinator) {
    Path own = home.resolve("coordinator").resolve("admin.token");
    return settings
        .path("token.file")
        .or(
            () ->
                Optional.of(own)
                    .filter(f -> Loopback.isHostOf(coordinator))
                    .filter(Files::isReadable));
  }

  /** A coordinator on this machine with its defaults. */
  public static URI localCoordinator() {
    return COORDINATOR;
  }
}
