package org.vidtomo.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Recorded material that is not part of the project; tests over it run where it is. */
public final class RealData {
  private RealData() {}

  /** A folder of it; says so in one line when it is absent. */
  public static Optional<Path> folder(String name, int tests) {
    String set = System.getenv("VIDTOMO_REALDATA");
    Path root =
        set != null ? Path.of(set) : projectRoot().resolveSibling("shared").resolve("realdata");
    Path folder = root.resolve(name);
    if (Files.isDirectory(folder)) {
      return Optional.of(folder);
    }
    System.out.println("real data absent: " + tests + " tests not run (" + name + ")");
    return Optional.empty();
  }

  private static Path projectRoot() {
    Path here = Path.of("").toAbsolutePath();
    return Stream.iterate(here, path -> path != null, Path::getParent)
        .filter(path -> Files.exists(path.resolve("mvnw")))
        .findFirst()
        .orElse(here);
  }
}
