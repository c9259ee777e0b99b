package org.vidtomo.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.vidtomo.testkit.Programs;
import org.vidtomo.testkit.TempDirectories;

/** What was built, and programs that try it: with no Java of this machine in reach. */
final class Image {
  private Image() {}

  static Path directory() {
    return Path.of(System.getProperty("vidtomo.image"));
  }

  static Path deb() {
    return Path.of(System.getProperty("vidtomo.deb"));
  }

  /** Runs a program that is below the image's directory or elsewhere unpacked. */
  static Programs.Ended run(Path program, String... arguments) throws IOException {
    Path directory = TempDirectories.create("out");
    return Programs.run(
        Programs.command(program.toString(), arguments),
        directory,
        Map.of(
            "PATH",
            pathWithoutJava().toString(),
            // Of no use to a program that brings its own.
            "JAVA_HOME",
            "/nonexistent",
            "VIDTOMO_JAVA_OPTS",
            "-Duser.home=" + directory));
  }

  /** Runs it to a good end; what it printed. */
  static String done(Path program, String... arguments) throws IOException {
    Programs.Ended ended = run(program, arguments);
    assertThat(ended.exit()).as("%s %s", ended.out(), ended.err()).isZero();
    return ended.out();
  }

  private static Path pathWithoutJava() throws IOException {
    Path directory = TempDirectories.create("path-without-java");
    for (String name : List.of("sh", "dirname", "readlink", "cut", "id", "stty", "tar", "xz")) {
      Optional<Path> found = Programs.find(name);
      if (found.isPresent()) {
        Files.createSymbolicLink(directory.resolve(name), found.get());
      }
    }
    return directory;
  }

  /** What the files below a directory take, each in blocks of 4 KiB as on a disk. */
  static long occupied(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      long bytes = 0;
      for (Path each : (Iterable<Path>) all::iterator) {
        long size = Files.isRegularFile(each) ? Files.size(each) : 1;
        bytes += (size + 4095) / 4096 * 4096;
      }
      return bytes;
    }
  }
}
