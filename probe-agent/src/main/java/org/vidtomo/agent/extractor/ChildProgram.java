package org.vidtomo.agent.extractor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs a program without a shell, within bounds of time and output, and ends it with all that it
 * started.
 */
final class ChildProgram {
  static final int MAX_OUTPUT_BYTES = 8 << 20;
  private static final int MAX_ERROR_BYTES = 1 << 20;
  private static final Duration GRACE = Duration.ofMillis(500);

  /** What a program needs to find itself; nothing of the agent's own, which may be secret. */
  private static final Set<String> PASSED_ON =
      Set.of(
          "PATH",
          "HOME",
          "LANG",
          "TMPDIR",
          "TEMP",
          "TMP",
          "SYSTEMROOT",
          "SystemRoot",
          "USERPROFILE");

  /** How it ended. */
  enum End {
    EXIT,
    TIME_LIMIT,
    OUTPUT_LIMIT
  }

  /** What it printed. */
  record Result(End end, int status, byte[] output, String errors) {}

  private final Path directory;

  /**
   * @param directory where programs run, and may write
   */
  ChildProgram(Path directory) {
    this.directory = directory;
  }

  /**
   * Runs it to its end, its limit or its excess.
   *
   * @throws IOException when it does not start
   * @throws InterruptedException when the calling thread is interrupted; the program is ended
   */
  Result run(List<String> command, Map<String, String> environment, Duration limit)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().retainAll(PASSED_ON);
    builder.environment().putAll(environment);
    Process process = builder.start();
    BoundedOutput output =
        new BoundedOutput(process.getInputStream(), MAX_OUTPUT_BYTES, () -> end(process));
    BoundedOutput errors =
        new BoundedOutput(process.getErrorStream(), MAX_ERROR_BYTES, () -> end(process));
    Thread out = start(output, "extractor-output");
    Thread err = start(errors, "extractor-errors");
    try {
      process.getOutputStream().close();
      boolean exited = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      end(process);
      out.join(GRACE.toMillis());
      err.join(GRACE.toMillis());
      boolean excess = output.overflow() || errors.overflow();
      return new Result(
          excess ? End.OUTPUT_LIMIT : exited ? End.EXIT : End.TIME_LIMIT,
          exited ? process.exitValue() : -1,
          output.bytes(),
          new String(errors.bytes(), StandardCharsets.UTF_8));
    } finally {
      end(process);
    }
  }

  private static Thread start(Runnable reader, String name) {
    Thread thread = new Thread(reader, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /**
   * Ends it and its children, who are asked for first: once it is gone they are nobody's. Again,
   * since they may start others meanwhile.
   */
  private static void end(Process process) {
    List<ProcessHandle> family = family(process);
    for (int round = 0; round < 5 && family.stream().anyMatch(ProcessHandle::isAlive); round++) {
      family.forEach(ProcessHandle::destroyForcibly);
      List<ProcessHandle> more = family.stream().flatMap(ProcessHandle::descendants).toList();
      family = Stream.concat(family.stream(), more.stream()).distinct().toList();
    }
  }

  private static List<ProcessHandle> family(Process process) {
    List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
    family.add(0, process.toHandle());
    return family;
  }
}
