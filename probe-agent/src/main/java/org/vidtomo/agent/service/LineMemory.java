package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.runtime.files.PrivateFiles;

/**
 * The public addresses that this line had when the coordinator last saw it, one of each family, in
 * a file: so that the guard knows them from the first measurement on. Thread-safe.
 */
final class LineMemory {
  private static final Logger LOG = LoggerFactory.getLogger(LineMemory.class);

  private final Path file;
  private volatile Line line;

  /** What is in the file. */
  private record Line(Optional<String> ipv4, Optional<String> ipv6) {
    private static final Line UNKNOWN = new Line(Optional.empty(), Optional.empty());

    Line {
      requireNonNull(ipv4, "ipv4");
      requireNonNull(ipv6, "ipv6");
    }

    Line with(String address) {
      return address.contains(":")
          ? new Line(ipv4, Optional.of(address))
          : new Line(Optional.of(address), ipv6);
    }
  }

  private LineMemory(Path file, Line line) {
    this.file = file;
    this.line = line;
  }

  /** What a file remembers; nothing where there is none, or one that cannot be read. */
  static LineMemory open(Path file) {
    Line line = Line.UNKNOWN;
    if (Files.exists(file)) {
      try {
        line = Wire.read(PrivateFiles.read(file), Line.class);
      } catch (IOException | WireException e) {
        LOG.warn("the line's last addresses cannot be read file={}", file, e);
      }
    }
    return new LineMemory(file, line);
  }

  /** None, one, or one of each family. */
  Set<String> publicAddresses() {
    Line now = line;
    return Stream.of(now.ipv4(), now.ipv6())
        .flatMap(Optional::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Remembers what was seen; of a family of which no address was, the last one stays. */
  synchronized void seen(NetworkView view) {
    Line now = line;
    for (Optional<String> address : List.of(view.publicIp(), view.otherPublicIp())) {
      now = address.map(now::with).orElse(now);
    }
    if (now.equals(line)) {
      return;
    }
    line = now;
    try {
      PrivateFiles.write(file, Wire.toJson(now) + "\n");
    } catch (IOException e) {
      LOG.warn("the line's addresses cannot be kept, they are known until the agent ends", e);
    }
  }
}
