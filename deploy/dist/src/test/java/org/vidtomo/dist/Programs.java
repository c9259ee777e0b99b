package org.vidtomo.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.vidtomo.testkit.TempDirectories;

/** Programs of this machine, run to their end. */
final class Programs {
  private static final long LIMIT_SECONDS = 90;

  private Programs() {}

  /** How a program ended, and what it printed. */
  record Ended(int exit, String out, String err) {}

  /** Runs it to a good end; what it printed. */
  static String done(List<String> command, Path directory) throws IOException {
    Ended ended = run(command, directory, Map.of());
    assertThat(ended.exit()).as("%s: %s%s", command, ended.out(), ended.err()).isZero();
    return ended.out();
  }

  /** Runs it with this environment on top of PATH alone. */
  static Ended run(List<String> command, Path directory, Map<String, String> environment)
      throws IOException {
    Path out = TempDirectories.create("out").resolve("out");
    Path err = out.resolveSibling("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(command + " did not end; it printed: " + Files.readString(out));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** Where a program is on this machine. */
  static Optional<Path> find(String name) {
    return Stream.of((System.getenv("PATH") + File.pathSeparator + "/usr/sbin").split(":"))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Says in the build's output what was not tried, and why. */
  static void notTried(String what, String program) {
    System.out.println("not tried here, since there is no " + program + ": " + what);
  }

  static List<String> command(String first, String... rest) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(rest));
    return all;
  }
}
