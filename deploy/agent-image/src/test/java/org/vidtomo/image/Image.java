package org.vidtomo.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.vidtomo.testkit.TempDirectories;

/** What was built, and programs that try it: with no Java of this machine in reach. */
final class Image {
  private static final long LIMIT_SECONDS = 60;

  private Image() {}

  /** How a program ended, and what it printed. */
  record Ended(int exit, String out, String err) {}

  static Path directory() {
    return Path.of(System.getProperty("vidtomo.image"));
  }

  static Path deb() {
    return Path.of(System.getProperty("vidtomo.deb"));
  }

  static Optional<Path> find(String program) {
    return Stream.of((System.getenv("PATH") + ":/usr/sbin").split(":"))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Says in the build's output what was not tried, and why. */
  static void notTried(String what, String program) {
    System.out.println("not tried here, since there is no " + program + ": " + what);
  }

  /** Runs a program that is below the image's directory or elsewhere unpacked. */
  static Ended run(Path program, String... arguments) throws Exception {
    Path out = TempDirectories.create("out").resolve("out");
    Path err = out.resolveSibling("err");
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(out.getParent().toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", pathWithoutJava().toString());
    // Of no use to a program that brings its own.
    builder.environment().put("JAVA_HOME", "/nonexistent");
    builder.environment().put("VIDTOMO_JAVA_OPTS", "-Duser.home=" + out.getParent());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as(command.toString()).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** Runs it to a good end; what it printed. */
  static String done(Path program, String... arguments) throws Exception {
    Ended ended = run(program, arguments);
    assertThat(ended.exit()).as("%s %s", ended.out(), ended.err()).isZero();
    return ended.out();
  }

  private static Path pathWithoutJava() throws IOException {
    Path directory = TempDirectories.create("path-without-java");
    for (String name : List.of("sh", "dirname", "readlink", "cut", "id", "stty", "tar", "xz")) {
      Optional<Path> found = find(name);
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
