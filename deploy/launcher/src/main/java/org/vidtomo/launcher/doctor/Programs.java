package org.vidtomo.launcher.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs of this machine. */
final class Programs {
  private static final int MAX_OUTPUT_BYTES = 4 << 10;

  private Programs() {}

  /** The first line that a program prints; empty if it fails, prints none or takes too long. */
  static Optional<String> firstLine(Path program, String option, Duration limit)
      throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(program.toString(), option).redirectErrorStream(true).start();
      try {
        process.getOutputStream().close();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
          return Optional.empty();
        }
        byte[] printed = process.getInputStream().readNBytes(MAX_OUTPUT_BYTES);
        return new String(printed, StandardCharsets.UTF_8).lines().findFirst();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
