package org.vidtomo.launcher.options;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.vidtomo.runtime.files.PrivateFiles;
import org.vidtomo.runtime.settings.Settings;

/**
 * Where the installation that {@code vidtomo up} runs on this machine answers. It stands in a file
 * (mode 0600, since it holds secrets), so that commands need no flags. The file of a process that
 * was killed stays behind and is not believed.
 *
 * @param pid of the process
 * @param startedAt when that process began, since its number may be given again; empty where the
 *     system does not tell
 * @param data its data directory
 * @param settings what commands need, by key
 */
public record Endpoints(
    long pid, Optional<Instant> startedAt, Path data, Map<String, String> settings) {
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

  private static final String PID = "pid";
  private static final String STARTED_AT = "started.at";
  private static final String DATA = "data";

  public Endpoints {
    requireNonNull(startedAt, "startedAt");
    requireNonNull(data, "data");
    settings = Map.copyOf(settings);
  }

  /** Those of this process. */
  public static Endpoints ofThisProcess(Path data, Map<String, String> settings) {
    ProcessHandle own = ProcessHandle.current();
    return new Endpoints(own.pid(), own.info().startInstant(), data, settings);
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
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties read = new Properties();
    try {
      read.load(new StringReader(PrivateFiles.read(file)));
      return Optional.of(parsed(read)).filter(Endpoints::isAlive);
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
        Long.parseLong(read.getProperty(PID)),
        Optional.ofNullable(read.getProperty(STARTED_AT))
            .map(text -> Instant.ofEpochMilli(Long.parseLong(text))),
        Path.of(read.getProperty(DATA)),
        settings);
  }

  private boolean isAlive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> startedAt.equals(process.info().startInstant()))
        .isPresent();
  }

  /** Puts this into the file, in place of what is there. */
  public void write(Path file) throws IOException {
    Properties written = new Properties();
    written.setProperty(PID, Long.toString(pid));
    startedAt.ifPresent(at -> written.setProperty(STARTED_AT, Long.toString(at.toEpochMilli())));
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
