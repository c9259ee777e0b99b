package org.vidtomo.agent.extractor;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which program finds the media of sites that the agent can't read.
 *
 * @param command a name that is looked for on the path, or a file; {@code none}: none is used
 * @param arguments before those that the agent gives
 * @param limit of one call; longer ones are ended
 */
public record ExtractorSettings(String command, List<String> arguments, Duration limit) {
  public static final ExtractorSettings DEFAULTS =
      new ExtractorSettings("yt-dlp", List.of(), Duration.ofSeconds(60));

  /** None is ever run. */
  public static final ExtractorSettings NONE =
      new ExtractorSettings("none", List.of(), Duration.ofSeconds(60));

  public ExtractorSettings {
    requireNonNull(command, "command");
    arguments = List.copyOf(arguments);
    if (command.isBlank()) {
      throw new IllegalArgumentException("agent.extractor.command must be a program, or none");
    }
    if (limit.compareTo(Duration.ofSeconds(1)) < 0 || limit.compareTo(Duration.ofMinutes(3)) > 0) {
      throw new IllegalArgumentException("agent.extractor.limit must be 1 s to 3 min, is " + limit);
    }
  }

  /** The program, if it is installed. */
  public Optional<Path> program() {
    if (command.equals("none")) {
      return Optional.empty();
    }
    if (command.contains("/") || command.contains(File.separator)) {
      return Optional.of(Path.of(command)).filter(Files::isExecutable);
    }
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> Stream.of(Path.of(folder, command), Path.of(folder, command + ".exe")))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }
}
