package org.vidtomo.agent.enrol;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.runtime.files.PrivateFiles;

/**
 * What the owner of a machine agreed to before it was enrolled, in {@code consent.json}.
 *
 * @param text version of what was shown
 * @param anonymous the public address is neither sent nor stored
 */
public record Consent(Instant consentedAt, int text, boolean anonymous) {
  /** The version that is shown now; raised when it asks for more than before. */
  public static final int TEXT = 1;

  public Consent {
    requireNonNull(consentedAt, "consentedAt");
  }

  /**
   * What was agreed to in a directory; empty for an agent of a version that did not ask.
   *
   * @throws IOException when the file cannot be read: what it forbids must not be forgotten
   */
  public static Optional<Consent> of(AgentDirectory directory) throws IOException {
    if (!Files.exists(directory.consent())) {
      return Optional.empty();
    }
    try {
      return Optional.of(Wire.read(PrivateFiles.read(directory.consent()), Consent.class));
    } catch (WireException e) {
      throw new IOException(
          "reading %s: %s; run vidtomo agent erase and enrol again"
              .formatted(directory.consent(), e.getMessage()),
          e);
    }
  }

  /** Keeps it. */
  public void save(AgentDirectory directory) throws IOException {
    PrivateFiles.createDirectory(directory.path());
    PrivateFiles.write(directory.consent(), Wire.toJson(this) + "\n");
  }
}
