package org.vidtomo.testkit;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Java main class of the current test class path in a process of its own, to be killed.
 *
 * <p>Its output goes to a file. It is killed when it is closed or when this JVM ends in an orderly
 * way; its standard input is a pipe that ends with this JVM in any case.
 */
public final class ChildJvm implements AutoCloseable {

  private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final Duration END_LIMIT = Duration.ofSeconds(30);

  private final Process process;
  private final Path output;

  private ChildJvm(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts {@code main} with the current JVM's class path and a heap of 256 MB. */
  public static ChildJvm start(Class<?> main, String... arguments) {
    return start(main, List.of(), Map.of(), arguments);
  }

  /** Starts {@code main} with further JVM options and environment variables. */
  public static ChildJvm start(
      Class<?> main, List<String> options, Map<String, String> environment, String... arguments) {
    List<String> command = command(main, options, arguments);
    Path output = TempDirectories.create("child").resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(output.toFile()));
    builder.environment().putAll(environment);
    try {
      ChildJvm child = new ChildJvm(builder.start(), output);
      AtExit.run(child.process::destroyForcibly);
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start a JVM for " + main.getName(), e);
    }
  }

  /**
   * These JVM options, and those for one of many that live for seconds, on few cores: what its
   * compiler would gain later is not worth it. Not for benchmarks.
   */
  public static List<String> quick(String... options) {
    return Stream.concat(QUICK.stream(), Stream.of(options)).toList();
  }

  /** The command line of such a process, for tests that have something before it. */
  public static List<String> command(Class<?> main, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Surefire may put the real class path into a jar's manifest and this property. */
  private static String classPath() {
    String own = System.getProperty("java.class.path");
    String real = System.getProperty("surefire.test.class.path");
    return real == null ? own : real + File.pathSeparator + own;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** All it has printed so far. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a line to its standard input. */
  public void send(String line) {
    try {
      OutputStream in = process.getOutputStream();
      in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Process " + pid() + " takes no more", e);
    }
  }

  /** Ends it as {@code kill -9} does, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitExit(END_LIMIT);
  }

  /**
   * Sends it a signal, and waits until it is sent.
   *
   * @param name as {@code kill} knows it: {@code STOP} freezes it, {@code CONT} lets it go on
   */
  public void signal(String name) {
    Signals.send(pid(), name);
  }

  /** Ends it as {@code kill} does, without waiting. */
  public void terminate() {
    process.destroy();
  }

  /**
   * Waits for its end.
   *
   * @return the exit code
   * @throws IllegalStateException with its output, when it still runs after {@code limit}
   */
  public int awaitExit(Duration limit) {
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException(
        "Process " + pid() + " still runs after " + limit + ". It printed:\n" + output());
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
