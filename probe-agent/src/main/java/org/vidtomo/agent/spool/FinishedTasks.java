package org.vidtomo.agent.spool;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.runtime.files.PrivateFiles;

/**
 * The journal of tasks that need not be measured again. One line each: checksum, task, attempt,
 * second since 1970; a line that is not whole is passed over. Lines older than the limit go when
 * the journal is opened or has grown to twice what is still of use. Thread-safe; one process a
 * file.
 */
public final class FinishedTasks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FinishedTasks.class);
  private static final int ROOM_LINES = 256;

  private final Path file;
  private final Duration age;
  private final Clock clock;
  private final Map<TaskKey, Instant> tasks = new HashMap<>();
  private FileChannel channel;
  private long lines;

  /** A write failed, perhaps in the middle of a line: what comes next must begin a new file. */
  private boolean torn;

  private FinishedTasks(Path file, Duration age, Clock clock) {
    this.file = requireNonNull(file, "file");
    this.age = requireNonNull(age, "age");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * The journal in a file, which is made if need be.
   *
   * @param age how long a task can come back from the broker
   */
  public static FinishedTasks open(Path file, Duration age, Clock clock) throws IOException {
    FinishedTasks journal = new FinishedTasks(file, age, clock);
    if (Files.exists(file)) {
      // Damage may have made bytes that are no UTF-8: those lines fail their checksum.
      String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      content.lines().map(FinishedTasks::parse).flatMap(Optional::stream).forEach(journal::take);
    }
    journal.rewrite();
    return journal;
  }

  /**
   * Notes that a task is done; that is on the disk once this returns.
   *
   * @throws IOException when it cannot be written; it is remembered until the process ends
   */
  public synchronized void add(TaskKey task) throws IOException {
    Line line = new Line(task, clock.instant());
    take(line);
    if (torn || lines > 2L * tasks.size() + ROOM_LINES) {
      rewrite();
    } else {
      append(line);
    }
  }

  /** Forgets a task, since its report was lost before it was sent. */
  public synchronized void remove(TaskKey task) throws IOException {
    if (tasks.remove(task) != null) {
      rewrite();
    }
  }

  /** Whether a task is done. */
  public synchronized boolean contains(TaskKey task) {
    return tasks.containsKey(task);
  }

  @Override
  public synchronized void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("closing the journal of finished tasks failed", e);
    }
  }

  private void take(Line line) {
    tasks.put(line.task, line.at);
  }

  private void append(Line line) throws IOException {
    torn = true;
    ByteBuffer bytes = ByteBuffer.wrap(line.text().getBytes(StandardCharsets.US_ASCII));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(false);
    lines++;
    torn = false;
  }

  private void rewrite() throws IOException {
    torn = true;
    Instant oldest = clock.instant().minus(age);
    tasks.values().removeIf(at -> at.isBefore(oldest));
    if (channel != null) {
      channel.close();
    }
    PrivateFiles.write(
        file,
        tasks.entrySet().stream()
            .map(e -> new Line(e.getKey(), e.getValue()).text())
            .collect(Collectors.joining()));
    channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    lines = tasks.size();
    torn = false;
  }

  private static Optional<Line> parse(String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    try {
      Line line =
          new Line(
              new TaskKey(UUID.fromString(parts[1]), Integer.parseInt(parts[2])),
              Instant.ofEpochSecond(Long.parseLong(parts[3])));
      return line.text().equals(text + "\n") ? Optional.of(line) : Optional.empty();
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private record Line(TaskKey task, Instant at) {
    String text() {
      String facts = task.taskId() + " " + task.attempt() + " " + at.getEpochSecond();
      CRC32C crc = new CRC32C();
      crc.update(facts.getBytes(StandardCharsets.US_ASCII));
      return "%08x %s\n".formatted(crc.getValue(), facts);
    }
  }
}
