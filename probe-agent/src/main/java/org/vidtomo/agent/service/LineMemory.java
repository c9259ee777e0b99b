package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.runtime.files.PrivateFiles;

/**
 * The public address that this line had when the coordinator last saw it, in a file: so that the
 * guard knows it from the first measurement on. Thread-safe.
 */
final class LineMemory {
  private static final Logger LOG = LoggerFactory.getLogger(LineMemory.class);

  private final Path file;
  private volatile Line line;

  /** What is in the file. */
  private record Line(Optional<String> publicIp) {
    Line {
      requireNonNull(publicIp, "publicIp");
    }
  }

  private LineMemory(Path file, Line line) {
    this.file = file;
    this.line = line;
  }

  /** What a file remembers; nothing where there is none, or one that cannot be read. */
  static LineMemory open(Path file) {
    Line line = new Line(Optional.empty());
    if (Files.exists(file)) {
      try {
        line = Wire.read(PrivateFiles.read(file), Line.class);
      } catch (IOException | WireException e) {
        LOG.warn("the line's last address cannot be read file={}", file, e);
      }
    }
    return new LineMemory(file, line);
  }

  Optional<String> publicAddress() {
    return line.publicIp();
  }

  /** Remembers what was seen; where no address was, the last one stays. */
  void seen(NetworkView view) {
    Line now = new Line(view.publicIp());
    if (view.publicIp().isEmpty() || now.equals(line)) {
      return;
    }
    line = now;
    try {
      PrivateFiles.write(file, Wire.toJson(now) + "\n");
    } catch (IOException e) {
      LOG.warn("the line's address cannot be kept, it is known until the agent ends", e);
    }
  }
}
