package org.vidtomo.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A {@code rabbitmq-server} of this machine on a temporary directory and free ports of loopback,
 * with a port mapper (epmd) of its own. It ends with this JVM, also when that is killed.
 */
public final class PrivateRabbitMq implements AutoCloseable {

  /**
   * Threads of Erlang that have nothing to do look for work for a while, which takes the processors
   * from all else here: half a broker's processor time on two of them.
   */
  private static final String NO_BUSY_WAIT = "+sbwt none +sbwtdcpu none +sbwtdio none";

  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  /**
   * Runs both programs and waits on standard input, a pipe from this JVM. When the pipe ends,
   * however the JVM did, the whole process group is killed, this shell with it.
   */
  private static final String GUARD =
      """
      "$1" -port "$ERL_EPMD_PORT" -address 127.0.0.1 </dev/null &
      "$2" </dev/null &
      cat >/dev/null
      kill -KILL 0
      """;

  private final Path directory;
  private final Path program;
  private final Path portMapper;
  private final String user;
  private final int amqpPort;
  private final RabbitMqManagement management;
  private final int mapperPort = Ports.free();
  private final int distributionPort = Ports.free();
  private Process guard;

  private PrivateRabbitMq(Path directory, Path program, Path portMapper) {
    this.directory = directory;
    this.program = program;
    this.portMapper = portMapper;
    this.user = "vidtomo:" + UUID.randomUUID();
    this.amqpPort = Ports.free();
    this.management =
        new RabbitMqManagement(URI.create("http://%s@127.0.0.1:%d".formatted(user, Ports.free())));
  }

  static PrivateRabbitMq start(String settings) {
    PrivateRabbitMq server =
        new PrivateRabbitMq(
            TempDirectories.create("rabbitmq"),
            program(
                "/usr/lib/rabbitmq/bin/rabbitmq-server",
                "/opt/homebrew/sbin/rabbitmq-server",
                "/usr/local/sbin/rabbitmq-server"),
            program("/usr/bin/epmd", "/opt/homebrew/bin/epmd", "/usr/local/bin/epmd"));
    server.configure(settings);
    server.startAgain();
    AtExit.run(server::close);
    return server;
  }

  private static Path program(String... places) {
    return Stream.of(places)
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "These tests need a RabbitMQ, and none was found at %s. Install one (Debian: apt-get install --no-install-recommends rabbitmq-server; macOS: brew install rabbitmq), start a Docker engine, or name a broker in %s."
                        .formatted(List.of(places), RabbitMq.URI_SETTING)));
  }

  private void configure(String further) {
    String[] credentials = user.split(":", 2);
    String settings =
        """
        listeners.tcp.1 = 127.0.0.1:%d
        management.tcp.ip = 127.0.0.1
        management.tcp.port = %d
        default_user = %s
        default_pass = %s
        disk_free_limit.absolute = 50MB
        # Counts that tests look at are a second old instead of five.
        collect_statistics_interval = 1000
        """
            .formatted(amqpPort, managementUri().getPort(), credentials[0], credentials[1]);
    try {
      Files.writeString(directory.resolve("rabbitmq.conf"), settings + further);
      Files.writeString(directory.resolve("enabled_plugins"), "[rabbitmq_management].\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> environment() {
    return Map.ofEntries(
        Map.entry("HOME", directory.toString()),
        Map.entry("RABBITMQ_NODENAME", "vidtomo-" + amqpPort + "@localhost"),
        Map.entry("RABBITMQ_MNESIA_BASE", directory.resolve("mnesia").toString()),
        Map.entry("RABBITMQ_LOG_BASE", directory.resolve("log").toString()),
        Map.entry("RABBITMQ_CONFIG_FILE", directory.resolve("rabbitmq.conf").toString()),
        Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", directory.resolve("enabled_plugins").toString()),
        Map.entry("RABBITMQ_DIST_PORT", Integer.toString(distributionPort)),
        Map.entry(
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
            "-kernel inet_dist_use_interface {127,0,0,1} " + NO_BUSY_WAIT),
        Map.entry("ERL_EPMD_PORT", Integer.toString(mapperPort)),
        Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"));
  }

  /** Where clients connect, with user and password, on the default virtual host. */
  public URI amqpUri() {
    return URI.create("amqp://%s@127.0.0.1:%d".formatted(user, amqpPort));
  }

  /** The management API's base with user and password. */
  public URI managementUri() {
    return management.uri();
  }

  /** Makes a virtual host that no other test uses, and tells where clients connect to it. */
  public URI newVirtualHost() {
    return management.newVirtualHost(amqpUri());
  }

  /** Stops it in good order; its port and data are kept for {@link #startAgain()}. */
  public synchronized void stop() {
    end(ProcessHandle::destroy);
  }

  /** Ends it as {@code kill -9} does; its port and data are kept for {@link #startAgain()}. */
  public synchronized void kill() {
    end(ProcessHandle::destroyForcibly);
  }

  /** Starts it on the same ports and data; it accepts connections when this returns. */
  public synchronized void startAgain() {
    if (guard != null) {
      throw new IllegalStateException("This RabbitMQ is running; stop or kill it first.");
    }
    List<String> command = new ArrayList<>(ownSession());
    command.addAll(List.of("/bin/sh", "-c", GUARD, "sh"));
    command.addAll(List.of(portMapper.toString(), program.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(console().toFile()));
    builder.environment().putAll(environment());
    try {
      guard = builder.start();
      await("RabbitMQ")
          .atMost(START_LIMIT)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> Ports.accepts(amqpPort) && management.answers());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + program, e);
    } catch (RuntimeException e) {
      close();
      throw new IllegalStateException(
          "RabbitMQ did not start within " + START_LIMIT + ". It printed:\n" + printed(), e);
    }
  }

  /** So that the group is its own, and a Ctrl-C in the terminal reaches the JVM alone. */
  private static List<String> ownSession() {
    String setsid = "/usr/bin/setsid";
    return Files.isExecutable(Path.of(setsid))
        ? List.of(setsid)
        : List.of("/usr/bin/perl", "-MPOSIX=setsid", "-e", "setsid; exec @ARGV");
  }

  /** {@link #stop()}, then {@link #startAgain()}. */
  public synchronized void restart() {
    stop();
    startAgain();
  }

  private void end(Consumer<ProcessHandle> how) {
    if (guard == null) {
      return;
    }
    Optional<ProcessHandle> server = server();
    server.ifPresent(how);
    try {
      if (server.isPresent()) {
        server.get().onExit().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // The guard kills what is left.
    }
    close();
  }

  private Optional<ProcessHandle> server() {
    return guard
        .descendants()
        .filter(each -> each.info().command().orElse("").contains("beam"))
        .findFirst();
  }

  private Path console() {
    return directory.resolve("console.log");
  }

  private String printed() {
    try {
      return Files.readString(console());
    } catch (IOException e) {
      return "(nothing: " + e + ")";
    }
  }

  /** Ends it at once. Closing again does nothing. */
  @Override
  public synchronized void close() {
    if (guard == null) {
      return;
    }
    Process ending = guard;
    guard = null;
    try {
      ending.getOutputStream().close();
      ending.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      // The guard is gone already.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ending.destroyForcibly();
  }
}
