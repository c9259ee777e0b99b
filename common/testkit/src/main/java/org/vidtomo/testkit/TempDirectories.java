package org.vidtomo.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories for things that live longer than one test; JUnit's own are for the others. */
public final class TempDirectories {

  private TempDirectories() {}

  /** A new directory, deleted when the JVM ends in an orderly way. */
  public static Path create(String name) {
    try {
      Path directory = Files.createTempDirectory("vidtomo-" + name + "-");
      AtExit.run(() -> delete(directory));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create a temporary directory for " + name, e);
    }
  }

  /** Deletes what can be deleted of a directory and all below it. */
  public static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      deepestFirst.forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // Whatever still writes there is about to end.
    }
  }
}
