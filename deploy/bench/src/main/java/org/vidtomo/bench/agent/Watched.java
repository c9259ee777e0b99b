package org.vidtomo.bench.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.vidtomo.testkit.TempDirectories;

/** A process whose memory and processor time Linux tells. */
final class Watched implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final long PAUSE_MILLIS = 5;

  private final Process process;
  private final Path output;
  private final Duration start;

  private Watched(Process process, Path output, Duration start) {
    this.process = process;
    this.output = output;
    this.start = start;
  }

  /** Starts a program and waits until it is ready. */
  static Watched start(List<String> command, Map<String, String> environment, Ready ready)
      throws IOException, InterruptedException {
    Path output = TempDirectories.create("watched").resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    long began = System.nanoTime();
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end-watched"));
    await(() -> !process.isAlive() || ready.now(output), "start of " + command);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    if (!process.isAlive()) {
      throw new IOException(command + " ended: " + Files.readString(output));
    }
    return new Watched(process, output, took);
  }

  /** Whether a program is ready, of which this is the output. */
  interface Ready {
    boolean now(Path output);
  }

  /** Waits until this is so, for two minutes at the most. */
  static void await(BooleanSupplier condition, String what)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IOException("gave up waiting for " + what);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  /** From its exec until it was ready. */
  Duration startTime() {
    return start;
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Processor time so far, of all its threads. */
  Duration processorTime() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** What is in memory now, in megabytes. */
  double residentMegabytes() {
    return kilobytes("status", "VmRSS:") / 1000 * 1.024;
  }

  /** The most that was in memory at any time, in megabytes. */
  double peakMegabytes() {
    return kilobytes("status", "VmHWM:") / 1000 * 1.024;
  }

  /** What is in memory now, pages that others have too counted in parts, in megabytes. */
  double proportionalMegabytes() {
    return kilobytes("smaps_rollup", "Pss:") / 1000 * 1.024;
  }

  private double kilobytes(String file, String key) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), file)).stream()
          .filter(line -> line.startsWith(key))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGTERM, and its end. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
