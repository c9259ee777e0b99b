package org.vidtomo.launcher.doctor;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vidtomo.agent.enrol.AgentDirectory;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.launcher.options.ServerOptions;
import org.vidtomo.runtime.settings.Settings;

/**
 * What a machine is, as far as its settings and directories tell.
 *
 * @param directories with data that are there, or are to be
 * @param agent the directory of the agent that is enrolled here
 * @param coordinator named, or run here
 * @param dashboard named
 * @param tokenFile with the token for the coordinator
 */
public record Machine(
    Settings settings,
    Clock clock,
    List<Path> directories,
    Optional<AgentDirectory> agent,
    Optional<URI> coordinator,
    Optional<URI> dashboard,
    Optional<Path> tokenFile) {
  private static final String AGENT = "agent";

  public Machine {
    requireNonNull(settings, "settings");
    requireNonNull(clock, "clock");
    directories = List.copyOf(directories);
    requireNonNull(agent, "agent");
    requireNonNull(coordinator, "coordinator");
    requireNonNull(dashboard, "dashboard");
    requireNonNull(tokenFile, "tokenFile");
  }

  /**
   * This machine.
   *
   * @param home where Vidtomo keeps what is this user's
   */
  public static Machine of(Settings settings, Path home, Clock clock) throws IOException {
    Optional<Path> data = settings.path("data").map(Path::toAbsolutePath);
    List<Path> directories = data.isPresent() ? List.of(data.get()) : below(home);
    Optional<AgentDirectory> agent =
        Optional.of(new AgentDirectory(data.orElse(home.resolve(AGENT))))
            .filter(AgentIdentity::isIn);
    boolean runsHere = Files.isDirectory(home.resolve("coordinator"));
    Optional<URI> coordinator =
        settings
            .uri("coordinator")
            .or(() -> Optional.of(ServerOptions.localCoordinator()).filter(url -> runsHere));
    return new Machine(
        settings,
        clock,
        directories,
        agent,
        coordinator,
        settings.uri("dashboard"),
        coordinator.flatMap(url -> ServerOptions.tokenFile(settings, home, url)));
  }

  /** For calls to coordinator and dashboard, and the broker's certificate. */
  Optional<Path> certificates() {
    return settings.path("tls.ca");
  }

  private static List<Path> below(Path home) throws IOException {
    if (!Files.isDirectory(home)) {
      return List.of(home);
    }
    try (Stream<Path> inside = Files.list(home)) {
      List<Path> found = inside.filter(Files::isDirectory).sorted().toList();
      return found.isEmpty() ? List.of(home) : found;
    }
  }
}
