package org.vidtomo.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vidtomo.testkit.Programs;
import org.vidtomo.testkit.TempDirectories;

/** The distribution, as someone has it who unpacked the tar.gz. Nobody changes it. */
final class Unpacked {
  private static final String ARCHIVES = System.getProperty("vidtomo.dist.archives");

  private Unpacked() {}

  /** The source checkout from which it was made. */
  static Path checkout() {
    return Path.of(System.getProperty("vidtomo.dist.checkout")).toAbsolutePath().normalize();
  }

  static Path tarGz() {
    return Path.of(ARCHIVES + ".tar.gz");
  }

  static Path zip() {
    return Path.of(ARCHIVES + ".zip");
  }

  /** The launcher of the agent's image, which is made on Linux alone. */
  static Optional<Path> agentImage() throws IOException {
    Path images = Path.of(System.getProperty("vidtomo.dist.images"));
    if (!Files.isDirectory(images)) {
      return Optional.empty();
    }
    try (Stream<Path> made = Files.list(images)) {
      return made.map(image -> image.resolve("bin/vidtomo")).findFirst();
    }
  }

  /** The unpacked distribution's root. */
  static Path home() {
    return Holder.HOME;
  }

  private static final class Holder {
    private static final Path HOME = unpack();

    private static Path unpack() {
      // A space in the path, as on many machines.
      Path directory = TempDirectories.create("dist with space");
      try {
        Programs.done(
            List.of("tar", "xzf", tarGz().toString(), "-C", directory.toString()), directory);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      return directory.resolve(Path.of(ARCHIVES).getFileName());
    }
  }
}
