package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.runtime.files.PrivateFiles;

/**
 * The latest generation of coordinators' certificates that this agent has seen, kept in a file: the
 * root raises it to take back what it certified before. Thread-safe.
 */
final class KeyGeneration {
  private static final Logger LOG = LoggerFactory.getLogger(KeyGeneration.class);

  private final Path file;
  private int latest;

  private KeyGeneration(Path file, int latest) {
    this.file = file;
    this.latest = latest;
  }

  /**
   * As the file says; 0 where there is none.
   *
   * @throws IOException when it cannot be read, or holds something else
   */
  static KeyGeneration load(Path file) throws IOException {
    requireNonNull(file, "file");
    if (!Files.exists(file)) {
      return new KeyGeneration(file, 0);
    }
    try {
      return new KeyGeneration(file, Integer.parseInt(PrivateFiles.read(file).strip()));
    } catch (NumberFormatException e) {
      throw new IOException(
          "reading the generation of coordinators' keys in %s: it must be a number; remove the file"
              .formatted(file),
          e);
    }
  }

  /**
   * Takes note of a certificate that the root signed and that holds now.
   *
   * @throws TrustException when a later one was seen before
   */
  synchronized void see(int generation) throws TrustException {
    if (generation < latest) {
      throw new TrustException(
          "the coordinator's certificate is of generation %d; those before %d were taken back"
              .formatted(generation, latest));
    }
    if (generation > latest) {
      latest = generation;
      try {
        PrivateFiles.write(file, latest + "\n");
      } catch (IOException e) {
        // It holds until the agent ends, and is seen again after.
        LOG.warn("cannot note the generation of coordinators' keys file={}", file, e);
      }
    }
  }
}
