package org.vidtomo.launcher.doctor;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.vidtomo.agent.extractor.ExtractorSettings;

/**
 * Whether there is yt-dlp or what stands in for it, which finds media on sites that only a program
 * of its own can read.
 */
final class ExtractorCheck implements Check {
  private final ExtractorSettings settings;
  private final Duration limit;

  ExtractorCheck(ExtractorSettings settings, Duration limit) {
    this.settings = requireNonNull(settings, "settings");
    this.limit = requireNonNull(limit, "limit");
  }

  @Override
  public Finding look() throws InterruptedException {
    Optional<Path> program = settings.program();
    if (settings.command().equals("none")) {
      return Finding.ok("agent.extractor.command says that none is used");
    }
    if (program.isEmpty()) {
      return Finding.warning(
          "there is no program " + settings.command(),
          "install yt-dlp for sites that need an extractor (https://github.com/yt-dlp/yt-dlp), or"
              + " say with agent.extractor.command where it is");
    }
    return Programs.firstLine(program.get(), "--version", limit.multipliedBy(4).dividedBy(5))
        .map(version -> Finding.ok(program.get() + " " + version))
        .orElseGet(
            () ->
                Finding.warning(
                    program.get() + " does not tell its version", "see what it prints by itself"));
  }
}
