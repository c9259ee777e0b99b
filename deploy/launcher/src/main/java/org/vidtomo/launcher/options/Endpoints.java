package org.vidtomo.launcher.options;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.vidtomo.runtime.files.PrivateFiles;
import org.vidtomo.runtime.settings.Settings;

/**
 * Where the installation that {@code vidtomo up} runs on this machine answers. It stands in a file
 * (mode 0600, since it holds secrets), so that commands need no flags. The file of a process that
 * was killed stays behind; it is not believed, since nobody holds its lock.
 *
 * @param pid of the process
 * @param data its data directory
 * @param settings what commands need, by key
 */
public record Endpoints(long pid, Path data, Map<String, String> settings) {
  /** What is said of one server is taken as a whole, and only where its first key is not set. */
  private static final List<List<String>> GROUPS =
      List.of(
          List.of("coordinator", "token.file", "tls.ca"),
          List.of("dashboard", "tls.ca"),
          List.of("amqp.uri"),
          List.of(
              "cassandra.contact.points",
              "cassandra.datacenter",
              "cassandra.keyspace",
              "cassandra.username",
              "cassandra.password"));

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final String PID = "pid";
  private static final String DATA = "data";

  public Endpoints {
    requireNonNull(data, "data");
    settings = Map.copyOf(settings);
  }

  /** Those of this process. */
  public static Endpoints ofThisProcess(Path data, Map<String, String> settings) {
    return new Endpoints(ProcessHandle.current().pid(), data, settings);
  }

  /** The file: {@code endpoints.file}, else {@code endpoints.properties} in {@code ~/.vidtomo}. */
  public static Path file(Settings settings) {
    return settings.path("endpoints.file", CommonOptions.home().resolve("endpoints.properties"));
  }

  /**
   * What the file says, if the process that wrote it still runs.
   *
   * @throws IOException when the file cannot be read, or others may read it
   */
  public static Optional<Endpoints> running(Path file) throws IOException {
    return Files.exists(file) && isHeld(file) ? Optional.of(read(file)) : Optional.empty();
  }

  /**
   * What the file says, whoever wrote it.
   *
   * @throws IOException when there is none, it is damaged, or others may read it
   */
  public static Endpoints read(Path file) throws IOException {
    Properties read = new Properties();
    try {
      read.load(new StringReader(PrivateFiles.read(file)));
      return parsed(read);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new IOException(
          "%s is damaged: remove it, and start vidtomo up again".formatted(file), e);
    }
  }

  private static Endpoints parsed(Properties read) {
    Map<String, String> settings = new TreeMap<>();
    GROUPS.stream()
        .flatMap(List::stream)
        .filter(key -> read.getProperty(key) != null)
        .forEach(key -> settings.put(key, read.getProperty(key)));
    return new Endpoints(
        Long.parseLong(read.getProperty(PID)), Path.of(read.getProperty(DATA)), settings);
  }

  /**
   * Says that the process of the file is alive, until the lock is closed or the process ends in
   * whatever way.
   *
   * @throws IOException when another process holds it
   */
  public static Closeable hold(Path file) throws IOException {
    Path lock = lockOf(file);
    PrivateFiles.writeNew(lock, "");
    FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
    // A command may be looking at it just now.
    for (int tries = 0; tries < 10; tries++) {
      if (channel.tryLock() != null) {
        return channel;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    channel.close();
    throw new IOException("another vidtomo up holds " + lock);
  }

  private static boolean isHeld(Path file) throws IOException {
    Path lock = lockOf(file);
    if (!Files.exists(lock)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.READ);
        FileLock free = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return free == null;
    } catch (OverlappingFileLockException e) {
      return true; // By this very process.
    }
  }

  private static Path lockOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".lock");
  }

  /** Puts this into the file, in place of what is there. */
  public void write(Path file) throws IOException {
    Properties written = new Properties();
    written.setProperty(PID, Long.toString(pid));
    written.setProperty(DATA, data.toString());
    settings.forEach(written::setProperty);
    StringWriter text = new StringWriter();
    written.store(text, "Where vidtomo up answers. Written at its start, removed at its end.");
    PrivateFiles.write(file, text.toString());
  }

  /** The settings, with these endpoints below them. */
  public Settings below(Settings given, Path file) {
    Map<String, String> used = new TreeMap<>();
    for (List<String> group : GROUPS) {
      if (given.string(group.get(0)).isEmpty()) {
        group.stream()
            .filter(settings::containsKey)
            .forEach(key -> used.put(key, settings.get(key)));
      }
    }
    return given.withFallback(used, file.toString());
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "Endpoints[pid=" + pid + ", data=" + data + "]";
  }
}
