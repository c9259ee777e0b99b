package org.vidtomo.testkit;

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

/** Programs of this machine, run to their end. */
public final class Programs {
  private static final long LIMIT_SECONDS = 90;

  /** Not in everybody's PATH. */
  private static final List<String> ELSEWHERE =
      List.of("/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin");

  private Programs() {}

  /** How a program ended, and what it printed. */
  public record Ended(int exit, String out, String err) {}

  /**
   * Runs it to a good end; what it printed.
   *
   * @throws IOException with what it printed when the end is another
   */
  public static String done(List<String> command, Path directory) throws IOException {
    Ended ended = run(command, directory, Map.of());
    if (ended.exit() != 0) {
      throw new IOException(
          command + " ended with " + ended.exit() + ": " + ended.out() + ended.err());
    }
    return ended.out();
  }

  /** Runs it, for 90 s at the most, with this environment on top of PATH and a plain locale. */
  public static Ended run(List<String> command, Path directory, Map<String, String> environment)
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
  public static Optional<Path> find(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Stream.of(path.split(File.pathSeparator)), ELSEWHERE.stream())
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Says in the build's output what was not tried, and why. */
  public static void notTried(String what, String program) {
    System.out.println("not tried here, since there is no " + program + ": " + what);
  }

  /** The words of a command. */
  public static List<String> command(String first, String... rest) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(rest));
    return all;
  }
}
