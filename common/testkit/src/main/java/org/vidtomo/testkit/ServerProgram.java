package org.vidtomo.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A server of this machine's packages, in the foreground; it ends when it is closed or the JVM. */
final class ServerProgram implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(10);
  private static final long END_SECONDS = 5;
  private static final int CONNECT_MILLIS = 1000;

  private final Process process;
  private final Path output;

  private ServerProgram(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Where a program is.
   *
   * @throws IllegalStateException that says what to install
   */
  static String find(String name, String debianPackage) {
    return Programs.find(name)
        .map(Path::toString)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    name
                        + " is needed: install it (Debian: apt-get install "
                        + debianPackage
                        + ")"));
  }

  static ServerProgram start(Path folder, Map<String, String> environment, List<String> command) {
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    try {
      ServerProgram program = new ServerProgram(builder.start(), output);
      AtExit.run(program.process::destroyForcibly);
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + command.get(0), e);
    }
  }

  /** Waits until it takes TCP connections. */
  void awaitListening(InetSocketAddress address) {
    await(
        () -> {
          try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            return true;
          } catch (IOException e) {
            return false;
          }
        });
  }

  /** Waits until something holds. */
  void await(java.util.concurrent.Callable<Boolean> ready) {
    Awaitility.await()
        .atMost(START_LIMIT)
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new IllegalStateException("It ended: " + Files.readString(output));
              }
              return ready.call();
            });
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
