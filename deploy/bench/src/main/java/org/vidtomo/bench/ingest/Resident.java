package org.vidtomo.bench.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process holds of the machine's memory. */
final class Resident {
  private Resident() {}

  /**
   * What Linux says; 0 elsewhere, and of one that is gone.
   *
   * @param process its id, or {@code self}
   */
  static long bytes(String process) throws IOException {
    Path status = Path.of("/proc", process, "status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElse(0);
  }
}
