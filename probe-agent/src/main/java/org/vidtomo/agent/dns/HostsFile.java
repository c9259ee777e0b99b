package org.vidtomo.agent.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vidtomo.core.network.Literals;

/** The machine's own table of names. Read at each look-up: it is short, and its owner edits it. */
final class HostsFile {
  private static final int MAX_LINES = 100_000;

  private HostsFile() {}

  static List<InetAddress> lookup(String name) {
    return lookup(path(), name);
  }

  static List<InetAddress> lookup(Path file, String name) {
    List<InetAddress> addresses = new ArrayList<>();
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      lines
          .limit(MAX_LINES)
          .map(line -> line.replaceFirst("#.*", "").strip().split("\\s+"))
          .filter(words -> Arrays.stream(words).skip(1).anyMatch(name::equalsIgnoreCase))
          .map(words -> Literals.parse(words[0]))
          .flatMap(Optional::stream)
          .forEach(addresses::add);
    } catch (IOException | java.io.UncheckedIOException e) {
      // Without the file there are no names in it.
      return List.of();
    }
    return addresses;
  }

  private static Path path() {
    String root = System.getenv("SystemRoot");
    return root == null
        ? Path.of("/etc/hosts")
        : Path.of(root, "System32", "drivers", "etc", "hosts");
  }
}
