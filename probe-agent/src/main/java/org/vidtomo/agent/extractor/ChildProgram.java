package org.vidtomo.agent.extractor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program without a shell, within bounds of time and output, and ends it with all that it
 * started.
 */
final class ChildProgram {
  static final int MAX_OUTPUT_BYTES = 8 << 20;
  private static final int MAX_ERROR_BYTES = 1 << 20;

  /** Children inherit it: by it they are found even when whoever started them is gone. */
  private static final String MARK = "EXTRACTION_ID";

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
    String mark = UUID.randomUUID().toString();
    builder.environment().put(MARK, mark);
    Process process = builder.start();
    BoundedOutput output =
        new BoundedOutput(
            process.getInputStream(), MAX_OUTPUT_BYTES, () -> ChildFamily.end(process));
    BoundedOutput errors =
        new BoundedOutput(
            process.getErrorStream(), MAX_ERROR_BYTES, () -> ChildFamily.end(process));
    Thread out = start(output, "extractor-output");
    Thread err = start(errors, "extractor-errors");
    try {
      process.getOutputStream().close();
      boolean exited = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      ChildFamily.end(process);
      out.join(GRACE.toMillis());
      err.join(GRACE.toMillis());
      boolean excess = output.overflow() || errors.overflow();
      return new Result(
          excess ? End.OUTPUT_LIMIT : exited ? End.EXIT : End.TIME_LIMIT,
          exited ? process.exitValue() : -1,
          output.bytes(),
          new String(errors.bytes(), StandardCharsets.UTF_8));
    } finally {
      ChildFamily.end(process);
      ChildFamily.endMarked(MARK, mark);
    }
  }

  private static Thread start(Runnable reader, String name) {
    Thread thread = new Thread(reader, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
