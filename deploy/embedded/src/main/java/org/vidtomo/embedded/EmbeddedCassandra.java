package org.vidtomo.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real one-node Cassandra in a child JVM, on free ports of 127.0.0.1, its data under the data
 * directory.
 *
 * <p>The child ends with this process, however this ends. It asks for no credentials: whoever can
 * open a connection on this machine's loopback can read and write it. Safe for use by several
 * threads.
 */
public final class EmbeddedCassandra implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCassandra.class);

  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration ARCHIVE_LIMIT = Duration.ofSeconds(15);
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(1);
  private static final int ATTEMPTS = 3;
  private static final int LAST_WORDS = 5;
  private static final Pattern PORT_TAKEN =
      Pattern.compile("Address already in use|is in use by another process|Failed to bind port");

  /** How long its data is of use. */
  enum Lifetime {
    LASTING,
    PASSING
  }

  private final Process process;
  private final CassandraFiles files;
  private final CassandraPorts ports;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedCassandra(Process process, CassandraFiles files, CassandraPorts ports) {
    this.process = process;
    this.files = files;
    this.ports = ports;
  }

  /**
   * The Java that it would run on: {@code Java 17 in /usr/lib/jvm/…}.
   *
   * @throws EmbeddedException when there is none, naming what to install
   */
  public static String java() {
    CassandraJdk jdk = CassandraJdk.find();
    return "Java " + jdk.feature() + " in " + jdk.home();
  }

  /** As {@link #start(DataDirectory, Consumer)}, without progress. */
  public static EmbeddedCassandra start(DataDirectory data) {
    return start(data, elapsed -> {});
  }

  /**
   * Starts Cassandra; it answers CQL when this returns, 5 to 15 seconds later.
   *
   * @param progress told about once a second how long the start has taken so far
   * @throws EmbeddedException when it does not start; nothing is left running then
   */
  public static EmbeddedCassandra start(DataDirectory data, Consumer<Duration> progress) {
    return start(data, Lifetime.LASTING, progress);
  }

  /**
   * As {@link #start(DataDirectory)}, for data that is of no use once it ends, as in tests: it is
   * compiled in less time, and changes of the schema are not forced to the disk.
   */
  public static EmbeddedCassandra startPassing(DataDirectory data) {
    return start(data, Lifetime.PASSING, elapsed -> {});
  }

  private static EmbeddedCassandra start(
      DataDirectory data, Lifetime lifetime, Consumer<Duration> progress) {
    CassandraRuntime runtime = CassandraRuntime.find(data.cassandra());
    CassandraFiles files = new CassandraFiles(data);
    for (int attempt = 1; ; attempt++) {
      try {
        return startOnce(runtime, files, lifetime, progress);
      } catch (PortTaken e) {
        if (attempt == ATTEMPTS) {
          throw notStarted(files, "its ports were taken %d times".formatted(ATTEMPTS));
        }
      }
    }
  }

  private static EmbeddedCassandra startOnce(
      CassandraRuntime runtime,
      CassandraFiles files,
      Lifetime lifetime,
      Consumer<Duration> progress)
      throws PortTaken {
    CassandraPorts ports = CassandraPorts.free();
    long started = System.nanoTime();
    Process process = launch(runtime, files, lifetime, ports);
    EmbeddedCassandra cassandra = new EmbeddedCassandra(process, files, ports);
    boolean ready = false;
    try {
      cassandra.awaitReady(started, progress);
      cassandra.archiveClasses(runtime);
      ready = true;
    } finally {
      if (!ready) {
        cassandra.close();
      }
    }
    LOG.info(
        "embedded Cassandra started cqlPort={} javaVersion={} pid={} elapsedMillis={}",
        ports.cql(),
        runtime.jdk().feature(),
        process.pid(),
        since(started).toMillis());
    return cassandra;
  }

  private static Process launch(
      CassandraRuntime runtime, CassandraFiles files, Lifetime lifetime, CassandraPorts ports) {
    try {
      files.write(CassandraCommand.argumentFile(runtime, files, lifetime), ports);
      // Standard input stays a pipe: its end tells the child that this process has ended.
      ProcessBuilder child =
          new ProcessBuilder(runtime.jdk().java().toString(), "@" + files.arguments())
              .directory(files.settings().getParent().toFile())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.to(files.console().toFile()));
      // Options meant for the JVM of this process, which may be a later one.
      child.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
      return child.start();
    } catch (IOException e) {
      throw new EmbeddedException(
          "Cannot start Cassandra with %s in %s (%s). Check the disk's free space and the permissions."
              .formatted(runtime.jdk().java(), files.settings().getParent(), e),
          e);
    }
  }

  private void awaitReady(long started, Consumer<Duration> progress) throws PortTaken {
    Duration told = Duration.ZERO;
    while (!CqlProbe.answers(contactPoint())) {
      Duration elapsed = since(started);
      if (elapsed.compareTo(START_LIMIT) > 0) {
        throw notStarted(files, "it did not answer within " + START_LIMIT.toSeconds() + " s");
      }
      if (elapsed.minus(told).compareTo(PROGRESS_EVERY) >= 0) {
        told = elapsed;
        progress.accept(elapsed);
      }
      if (exitedWithin(Duration.ofMillis(100))) {
        throw failure();
      }
    }
  }

  /** Once in an installation's life. Done before anyone works, since the child stands still. */
  private void archiveClasses(CassandraRuntime runtime) throws PortTaken {
    CassandraArchive archive = runtime.archive();
    if (!archive.wanted(runtime.jdk())) {
      return;
    }
    try {
      process.getOutputStream().write(ChildMain.ARCHIVE);
      process.getOutputStream().flush();
    } catch (IOException e) {
      LOG.debug("class archive not asked for pid={}", process.pid(), e);
      return;
    }
    long started = System.nanoTime();
    while (!archive.exists() && since(started).compareTo(ARCHIVE_LIMIT) < 0) {
      if (exitedWithin(Duration.ofMillis(100))) {
        throw failure();
      }
    }
    archive.deleteOthers();
  }

  private boolean exitedWithin(Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedException("Interrupted while Cassandra was starting.", e);
    }
  }

  private EmbeddedException failure() throws PortTaken {
    String words = String.join("\n", lastWords());
    if (PORT_TAKEN.matcher(words).find()) {
      throw new PortTaken();
    }
    return notStarted(files, "it ended with exit code " + process.exitValue());
  }

  private static EmbeddedException notStarted(CassandraFiles files, String what) {
    List<String> words = files.lastWords(LAST_WORDS);
    return new EmbeddedException(
        "Cannot start Cassandra in %s: %s.%s See %s and %s. Usual causes: too little memory (it needs about 800 MB), a full disk, or a damaged data directory."
            .formatted(
                files.settings().getParent(),
                what,
                words.isEmpty() ? "" : "\n  " + String.join("\n  ", words) + "\n",
                files.log(),
                files.console()));
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }

  /** Where CQL clients connect. */
  public InetSocketAddress contactPoint() {
    return ports.contactPoint();
  }

  /** The data centre that clients have to name. */
  public String localDatacenter() {
    return "datacenter1";
  }

  /** Whether the child process still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The last errors that it printed or logged since its start; most often of why it ended. */
  public List<String> lastWords() {
    return files.lastWords(LAST_WORDS);
  }

  /** The child's process id. */
  public long pid() {
    return process.pid();
  }

  /**
   * Lets Cassandra write what it holds to disk and exit, at most 20 seconds, then ends it. Closing
   * again does nothing.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    long started = System.nanoTime();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("embedded Cassandra did not stop in time and is killed pid={}", process.pid());
      }
    } catch (IOException e) {
      LOG.debug("embedded Cassandra was gone already pid={}", process.pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
    LOG.info("embedded Cassandra stopped elapsedMillis={}", since(started).toMillis());
  }

  /** Ends the child at once, as a crash would; its data stays whole. */
  public void kill() {
    if (closed.compareAndSet(false, true)) {
      process.destroyForcibly();
    }
  }

  /** Another process took a port between the search for a free one and Cassandra's own bind. */
  private static final class PortTaken extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
