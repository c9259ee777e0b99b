package org.vidtomo.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.logging.NullMessageLogger;
import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.Port;
import org.apache.qpid.server.model.State;
import org.apache.qpid.server.model.SystemConfig;
import org.apache.qpid.server.model.VirtualHost;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Apache Qpid Broker-J in this process: AMQP 0-9-1 on loopback, one user, one virtual host,
 * messages kept in a BDB JE store under the data directory.
 *
 * <p>Confirmed persistent messages outlive a kill -9 of the process. Safe for use by several
 * threads.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

  private static final String USER = "vidtomo";
  private static final String VIRTUAL_HOST = "vidtomo";
  private static final int PASSWORD_BYTES = 24;
  private static final Duration SHUTDOWN = Duration.ofSeconds(10);

  private final SystemLauncher launcher;
  private final Broker<?> broker;
  private final URI amqpUri;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedBroker(SystemLauncher launcher, Broker<?> broker, URI amqpUri) {
    this.launcher = launcher;
    this.broker = broker;
    this.amqpUri = amqpUri;
  }

  /** Starts the broker on a free port of loopback. See {@link #start(DataDirectory, int)}. */
  public static EmbeddedBroker start(DataDirectory data) {
    return start(data, 0);
  }

  /**
   * Starts the broker; it accepts connections when this returns, two to three seconds later.
   *
   * @param port the port on 127.0.0.1; 0 for a free one
   * @throws EmbeddedException when it does not start; nothing is left running then
   */
  public static EmbeddedBroker start(DataDirectory data, int port) {
    String password = password(data.broker().resolve("password"));
    Capture capture = new Capture();
    SystemLauncher launcher = new SystemLauncher(capture);
    try {
      launcher.startup(configuration(data, port, password));
      Broker<?> broker = running(capture, data, port);
      URI uri = amqpUri(password, boundPort(broker));
      LOG.info("embedded broker started port={} store={}", uri.getPort(), store(data));
      return new EmbeddedBroker(launcher, broker, uri);
    } catch (Exception e) {
      launcher.shutdown();
      throw e instanceof EmbeddedException known ? known : notStarted(data, port, e);
    }
  }

  private static Map<String, Object> configuration(DataDirectory data, int port, String password) {
    Map<String, String> context =
        Map.ofEntries(
            Map.entry("vidtomo.broker.user", USER),
            Map.entry("vidtomo.broker.password", password),
            Map.entry("vidtomo.broker.port", Integer.toString(port)),
            Map.entry("vidtomo.broker.store", store(data).toString()),
            Map.entry("qpid.work_dir", data.broker().toString()),
            // Beyond so many percent of the disk the broker would block publishers without a word;
            // DataDirectory keeps watch instead.
            Map.entry("store.filesystem.maxUsagePercent", "0"),
            // BDB JE refuses to write when less than 5 GB are free; the same reason.
            Map.entry("je.freeDisk", Long.toString(128L << 20)),
            Map.entry("broker.shutdownTimeout", Long.toString(SHUTDOWN.toSeconds())));
    return Map.of(
        SystemConfig.TYPE,
        "Memory",
        SystemConfig.CONTEXT,
        context,
        SystemConfig.INITIAL_CONFIGURATION_LOCATION,
        Objects.requireNonNull(EmbeddedBroker.class.getResource("broker.json")).toString(),
        SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
        false);
  }

  /** Qpid reports a start as done also when a port or the store is in error. */
  private static Broker<?> running(Capture capture, DataDirectory data, int port) {
    SystemConfig<?> system = capture.system.get();
    Broker<?> broker = system == null ? null : (Broker<?>) system.getContainer(Broker.class);
    if (broker == null || capture.error.get() != null) {
      throw notStarted(data, port, capture.error.get());
    }
    for (Port<?> each : broker.getPorts()) {
      if (each.getState() != State.ACTIVE) {
        throw new EmbeddedException(
            "Cannot start the embedded broker: its port 127.0.0.1:%d can't be opened. Stop what listens there, or choose another port."
                .formatted(port));
      }
    }
    VirtualHost<?> host = broker.findVirtualHostByName(VIRTUAL_HOST);
    if (host == null || host.getState() != State.ACTIVE) {
      throw notStarted(data, port, null);
    }
    return broker;
  }

  private static EmbeddedException notStarted(DataDirectory data, int port, Throwable cause) {
    return new EmbeddedException(
        "Cannot start the embedded broker on 127.0.0.1:%d with its store in %s%s. The log says more; if the store is damaged, move that directory away (its undelivered messages are then lost) and start again."
            .formatted(port, store(data), cause == null ? "" : ": " + rootOf(cause).getMessage()),
        cause);
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static Path store(DataDirectory data) {
    return data.broker().resolve("store");
  }

  private static int boundPort(Broker<?> broker) {
    return broker.getPorts().iterator().next().getBoundPort();
  }

  private static URI amqpUri(String password, int port) {
    return URI.create("amqp://%s:%s@127.0.0.1:%d/%s".formatted(USER, password, port, VIRTUAL_HOST));
  }

  private static String password(Path file) {
    try {
      if (!Files.exists(file)) {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        PrivateFiles.write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new EmbeddedException(
          "Cannot read or write the embedded broker's password in %s (%s).".formatted(file, e), e);
    }
  }

  /**
   * Where clients connect, with user, password and virtual host: {@code
   * amqp://user:password@127.0.0.1:port/vidtomo}. A secret.
   */
  public URI amqpUri() {
    return amqpUri;
  }

  /** Whether the virtual host still works: its store may have failed since the start. */
  public boolean isActive() {
    VirtualHost<?> host = closed.get() ? null : broker.findVirtualHostByName(VIRTUAL_HOST);
    return host != null && host.getState() == State.ACTIVE;
  }

  /** Closes connections and store; at most half a minute. Closing again does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      launcher.shutdown();
      LOG.info("embedded broker stopped port={}", amqpUri.getPort());
    }
  }

  /** The only way to the broker's own objects is through this listener. */
  private static final class Capture extends DefaultSystemLauncherListener {
    private final AtomicReference<SystemConfig<?>> system = new AtomicReference<>();
    private final AtomicReference<RuntimeException> error = new AtomicReference<>();

    @Override
    public void errorOnStartup(RuntimeException failure) {
      error.set(failure);
    }

    @Override
    public void onContainerResolve(SystemConfig<?> resolved) {
      // A line for every connection, channel, queue and consumer.
      resolved.getEventLogger().setMessageLogger(new NullMessageLogger());
      system.set(resolved);
    }
  }
}
