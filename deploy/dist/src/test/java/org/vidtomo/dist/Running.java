package org.vidtomo.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidtomo.testkit.TempDirectories;

/** A program that runs until it is told to end, with PATH and this environment alone. */
final class Running implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(120);

  private final Process process;
  private final Path output;

  private Running(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static Running start(List<String> command, Map<String, String> environment) throws IOException {
    Path output = TempDirectories.create("running").resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(output.getParent().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().putAll(environment);
    Running running = new Running(builder.start(), output);
    Runtime.getRuntime().addShutdownHook(new Thread(running::close, "end-running"));
    return running;
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it printed this, which must not be its last word. */
  Matcher awaitOutput(String regex) {
    Pattern pattern = Pattern.compile(regex);
    await().atMost(LIMIT).until(() -> pattern.matcher(output()).find() || !process.isAlive());
    Matcher found = pattern.matcher(output());
    assertThat(found.find()).as(output()).isTrue();
    return found;
  }

  /** Whether the program that it became was given this argument. */
  boolean hasArgument(String argument) {
    return kernelSays("cmdline", argument);
  }

  /** Whether it was started with this in its environment, as {@code NAME=VALUE}. */
  boolean hasVariable(String variable) {
    return kernelSays("environ", variable);
  }

  private boolean kernelSays(String file, String word) {
    try {
      byte[] words = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), file));
      return List.of(new String(words, java.nio.charset.StandardCharsets.UTF_8).split("\0"))
          .contains(word);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGTERM; its exit code. */
  int end() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as(output()).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
