package org.vidtomo.launcher.doctor;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Whether there is yt-dlp, which finds media on sites that only a program of its own can read. */
final class ExtractorCheck implements Check {
  private final Duration limit;

  ExtractorCheck(Duration limit) {
    this.limit = requireNonNull(limit, "limit");
  }

  @Override
  public Finding look() throws InterruptedException {
    Optional<Path> program = Programs.find("yt-dlp", "yt-dlp.exe");
    if (program.isEmpty()) {
      return Finding.warning(
          "there is no program yt-dlp",
          "install it for sites that need an extractor (https://github.com/yt-dlp/yt-dlp)");
    }
    return Programs.firstLine(program.get(), "--version", limit.multipliedBy(4).dividedBy(5))
        .map(version -> Finding.ok(program.get() + " " + version))
        .orElseGet(
            () ->
                Finding.warning(
                    program.get() + " does not tell its version", "see what it prints by itself"));
  }
}
