package org.vidtomo.agent.spool;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.runtime.files.PrivateFiles;

/**
 * Reports that wait for the broker's confirm, each in a checksummed file of its own: what damages
 * one leaves the others whole, and what was confirmed is gone at once. Bounded in bytes and age;
 * the oldest is dropped first, and counted. Thread-safe; one process a directory.
 */
public final class Spool {
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
  private static final Pattern NAME =
      Pattern.compile("([0-9a-f]{16})-([0-9a-f-]{36})-(\\d{1,9})\\.report");

  private final Path directory;
  private final Limits limits;
  private final Clock clock;
  private final NavigableMap<Long, Entry> entries = new TreeMap<>();
  private final List<TaskKey> damagedTasks = new ArrayList<>();
  private long nextSequence;
  private long bytes;
  private long dropped;
  private long damaged;

  /**
   * What a spool may hold.
   *
   * @param bytes of the files
   * @param age since a report was made
   */
  public record Limits(long bytes, Duration age) {
    public static final Limits DEFAULTS = new Limits(64L << 20, Duration.ofDays(7));

    public Limits {
      if (bytes < 1 || age.isNegative() || age.isZero()) {
        throw new IllegalArgumentException("bytes and age must be > 0: " + bytes + ", " + age);
      }
    }
  }

  /**
   * A report on disk.
   *
   * @param sequence in which it was added
   * @param bytes of its file
   */
  public record Entry(long sequence, TaskKey task, Instant createdAt, long bytes, Path file) {}

  private Spool(Path directory, Limits limits, Clock clock) {
    this.directory = requireNonNull(directory, "directory");
    this.limits = requireNonNull(limits, "limits");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * The spool in a directory, which is made if need be. Files that are not whole are deleted and
   * counted as damaged.
   *
   * @throws IOException when the directory cannot be read or written
   */
  public static Spool open(Path directory, Limits limits, Clock clock) throws IOException {
    Spool spool = new Spool(directory, limits, clock);
    PrivateFiles.createDirectory(directory);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        spool.recover(file);
      }
    }
    if (spool.damaged > 0) {
      LOG.warn(
          "spooled reports were damaged and are lost damaged={} whole={}",
          spool.damaged,
          spool.entries.size());
    }
    spool.dropExcess(0);
    return spool;
  }

  /**
   * Keeps a report; it is on the disk once this returns.
   *
   * @throws IOException when it cannot be written
   */
  public synchronized Entry append(SpooledReport report) throws IOException {
    byte[] content = SpoolFormat.encode(report);
    dropExcess(content.length);
    long sequence = nextSequence;
    Path file = directory.resolve(name(sequence, report.task()));
    PrivateFiles.write(file, content);
    nextSequence++;
    Entry entry = new Entry(sequence, report.task(), report.createdAt(), content.length, file);
    entries.put(sequence, entry);
    bytes += content.length;
    return entry;
  }

  /** What waits, the oldest first. */
  public synchronized List<Entry> pending() {
    return List.copyOf(entries.values());
  }

  /**
   * The report of an entry; empty if it was removed, or was damaged since: then it is removed.
   *
   * @throws IOException when it cannot be read now
   */
  public synchronized Optional<SpooledReport> read(Entry entry) throws IOException {
    if (!entries.containsKey(entry.sequence())) {
      return Optional.empty();
    }
    Optional<SpooledReport> report = SpoolFormat.decode(Files.readAllBytes(entry.file()));
    if (report.isEmpty()) {
      LOG.warn("a spooled report is damaged, it is lost task={}", entry.task().taskId());
      damaged++;
      remove(entry);
    }
    return report;
  }

  /** Forgets a report, since the broker has it. */
  public synchronized void remove(Entry entry) {
    if (entries.remove(entry.sequence()) != null) {
      bytes -= entry.bytes();
      delete(entry.file());
    }
  }

  /** Drops what is older than the limit. */
  public synchronized void dropOld() {
    dropExcess(0);
  }

  /** Whether the report of a task waits here. */
  public synchronized boolean holds(TaskKey task) {
    return entries.values().stream().anyMatch(e -> e.task().equals(task));
  }

  /** Tasks whose reports were found damaged when the spool was opened. */
  public synchronized List<TaskKey> damagedTasks() {
    return List.copyOf(damagedTasks);
  }

  /** Bytes that wait. */
  public synchronized long bytes() {
    return bytes;
  }

  /** Reports that wait. */
  public synchronized int records() {
    return entries.size();
  }

  /** Reports given up for want of room or for age, since this was opened. */
  public synchronized long dropped() {
    return dropped;
  }

  /** Reports found damaged, since this was opened. */
  public synchronized long damaged() {
    return damaged;
  }

  private void recover(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (name.endsWith(PrivateFiles.UNFINISHED_SUFFIX)) {
      Files.delete(file); // Never finished, so its task was never acked and is still in the queue.
      return;
    }
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return;
    }
    long sequence = Long.parseUnsignedLong(matcher.group(1), 16);
    nextSequence = Math.max(nextSequence, sequence + 1);
    Optional<SpooledReport> report = SpoolFormat.decode(Files.readAllBytes(file));
    if (report.isEmpty()) {
      damaged++;
      taskOf(matcher).ifPresent(damagedTasks::add);
      delete(file);
      return;
    }
    long size = Files.size(file);
    entries.put(
        sequence, new Entry(sequence, report.get().task(), report.get().createdAt(), size, file));
    bytes += size;
  }

  private void dropExcess(long room) {
    Instant oldest = clock.instant().minus(limits.age());
    int before = entries.size();
    for (Entry entry : List.copyOf(entries.values())) {
      if (entry.createdAt().isBefore(oldest) || bytes + room > limits.bytes()) {
        remove(entry);
      }
    }
    if (entries.size() < before) {
      dropped += before - entries.size();
      LOG.warn(
          "reports were given up, unsent for too long or too many dropped={} left={}",
          before - entries.size(),
          entries.size());
    }
  }

  private static Optional<TaskKey> taskOf(Matcher name) {
    try {
      return Optional.of(
          new TaskKey(UUID.fromString(name.group(2)), Integer.parseInt(name.group(3))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String name(long sequence, TaskKey task) {
    return "%016x-%s-%d.report".formatted(sequence, task.taskId(), task.attempt());
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It will be sent once more after the next start, which does no harm.
      LOG.warn("a file of the spool cannot be deleted file={}", file.getFileName(), e);
    }
  }
}
