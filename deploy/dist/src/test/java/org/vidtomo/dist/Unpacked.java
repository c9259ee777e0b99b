package org.vidtomo.dist;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
