package org.vidtomo.embedded;

import java.net.URI;
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
 * Apache Qpid Broker-J in this process: AMQP 0-9-1 on loopback; one virtual host, a user for this
 * machine's roles and one for a gate that agents come through; messages kept in a BDB JE store
 * under the data directory.
 *
 * <p>Confirmed persistent messages outlive a kill -9 of the process. Safe for use by several
 * threads.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

  private static final String VIRTUAL_HOST = "vidtomo";
  private static final String LOOPBACK = "127.0.0.1";

  private final SystemLauncher launcher;
  private final Broker<?> broker;
  private final BrokerConfiguration configuration;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedBroker(
      SystemLauncher launcher, Broker<?> broker, BrokerConfiguration configuration) {
    this.launcher = launcher;
    this.broker = broker;
    this.configuration = configuration;
  }

  /** Starts the broker on a free port. See {@link #start(DataDirectory, int)}. */
  public static EmbeddedBroker start(DataDirectory data) {
    return start(data, 0);
  }

  /**
   * Starts the broker; it accepts connections when this returns, two to three seconds later.
   *
   * @param port of loopback; 0: a free one
   * @throws EmbeddedException when it does not start; nothing is left running then
   */
  public static EmbeddedBroker start(DataDirectory data, int port) {
    BrokerConfiguration configuration = new BrokerConfiguration(data, port);
    Capture capture = new Capture();
    SystemLauncher launcher = new SystemLauncher(capture);
    try {
      launcher.startup(configuration.attributes());
      Broker<?> broker = running(capture, configuration, port);
      LOG.info("embedded broker started port={} store={}", port(broker), configuration.store());
      return new EmbeddedBroker(launcher, broker, configuration);
    } catch (Exception e) {
      launcher.shutdown();
      throw e instanceof EmbeddedException known ? known : notStarted(configuration, e);
    }
  }

  /** Qpid reports a start as done also when a port or the store is in error. */
  private static Broker<?> running(Capture capture, BrokerConfiguration configuration, int port) {
    SystemConfig<?> system = capture.system.get();
    Broker<?> broker = system == null ? null : (Broker<?>) system.getContainer(Broker.class);
    if (broker == null || capture.error.get() != null) {
      throw notStarted(configuration, capture.error.get());
    }
    for (Port<?> each : broker.getPorts()) {
      if (each.getState() != State.ACTIVE) {
        throw new EmbeddedException(
            "Cannot start the embedded broker: its port %s:%d can't be opened. Stop what listens there, or choose another port."
                .formatted(LOOPBACK, port));
      }
    }
    VirtualHost<?> host = broker.findVirtualHostByName(VIRTUAL_HOST);
    if (host == null || host.getState() != State.ACTIVE) {
      throw notStarted(configuration, null);
    }
    return broker;
  }

  private static int port(Broker<?> broker) {
    return broker.getPorts().iterator().next().getBoundPort();
  }

  private static EmbeddedException notStarted(BrokerConfiguration configuration, Throwable cause) {
    return new EmbeddedException(
        "Cannot start the embedded broker with its store in %s%s. The log says more; if the store is damaged, move that directory away (its undelivered messages are then lost) and start again."
            .formatted(
                configuration.store(), cause == null ? "" : ": " + rootOf(cause).getMessage()),
        cause);
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /**
   * Where this machine's own clients connect, with user, password and virtual host: {@code
   * amqp://user:password@127.0.0.1:port/vidtomo}. A secret.
   */
  public URI amqpUri() {
    return uri(BrokerConfiguration.USER, configuration.password());
  }

  /**
   * Where a gate connects, as a user that may take tasks and report, and nothing else. It must hold
   * agents to what is each one's own: the broker does not. A secret, another at each start.
   */
  public URI gateUri() {
    return uri(BrokerConfiguration.GATE_USER, configuration.gatePassword());
  }

  private URI uri(String user, String password) {
    return URI.create(
        "amqp://%s:%s@%s:%d/%s".formatted(user, password, LOOPBACK, port(broker), VIRTUAL_HOST));
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
      LOG.info("embedded broker stopped store={}", configuration.store());
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
