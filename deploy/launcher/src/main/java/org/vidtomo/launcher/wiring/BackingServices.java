package org.vidtomo.launcher.wiring;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.embedded.DataDirectory;
import org.vidtomo.embedded.EmbeddedBroker;
import org.vidtomo.embedded.EmbeddedCassandra;
import org.vidtomo.embedded.FreeSpace;
import org.vidtomo.gate.AmqpGate;
import org.vidtomo.gate.GateAdmin;
import org.vidtomo.gate.GatePort;
import org.vidtomo.messaging.admin.BrokerAdmin;
import org.vidtomo.runtime.Component;
import org.vidtomo.runtime.Health;
import org.vidtomo.runtime.settings.Settings;

/**
 * The broker and the database: those that the settings name, else embedded ones under the data
 * directory. Which of them it is, nothing else needs to know.
 */
public final class BackingServices implements Component {
  public static final int DEFAULT_CQL_PORT = 9042;

  private static final Logger LOG = LoggerFactory.getLogger(BackingServices.class);
  private static final Duration ABANDON = Duration.ofSeconds(4);

  private final Settings settings;
  private final Path data;
  private final GatePort gatePort;
  private final Consumer<Duration> waitingForCassandra;
  private volatile DataDirectory directory;
  private volatile FreeSpace space;
  private volatile EmbeddedBroker broker;
  private volatile AmqpGate gate;
  private volatile EmbeddedCassandra cassandra;

  /**
   * Services that are not started yet.
   *
   * @param data the data directory, created when missing
   * @param gatePort where agents reach an embedded broker
   * @param waitingForCassandra told from time to time how long Cassandra has been starting
   */
  public BackingServices(
      Settings settings, Path data, GatePort gatePort, Consumer<Duration> waitingForCassandra) {
    this.settings = requireNonNull(settings, "settings");
    this.data = requireNonNull(data, "data");
    this.gatePort = requireNonNull(gatePort, "gatePort");
    this.waitingForCassandra = requireNonNull(waitingForCassandra, "waitingForCassandra");
  }

  @Override
  public String name() {
    return "services";
  }

  /** Opens the data directory and starts what the settings do not name, side by side. */
  @Override
  public void start() throws IOException, InterruptedException {
    directory = DataDirectory.open(data);
    space = new FreeSpace(directory.path(), FreeSpace.FLOOR_BYTES, System::nanoTime);
    Optional<Starting<EmbeddedCassandra>> database =
        contactPointsSetting().isEmpty()
            ? Optional.of(
                new Starting<>(
                    "cassandra", () -> EmbeddedCassandra.start(directory, waitingForCassandra)))
            : Optional.empty();
    // On a thread of its own, too: a broker that is interrupted while starting takes long to end.
    Optional<Starting<EmbeddedBroker>> queues =
        amqpSetting().isEmpty()
            ? Optional.of(new Starting<>("broker", () -> EmbeddedBroker.start(directory)))
            : Optional.empty();
    try {
      if (queues.isPresent()) {
        broker = queues.get().await();
        gate = AmqpGate.open(broker.gateUri(), gatePort, directory.broker().resolve("agents.json"));
      }
      if (database.isPresent()) {
        cassandra = database.get().await();
      }
    } finally {
      database.ifPresent(Starting::interrupt);
      queues.ifPresent(each -> each.abandon(ABANDON));
      database.ifPresent(each -> each.abandon(ABANDON));
    }
  }

  /** The broker's URI, with its secret. */
  public URI amqpUri() {
    return amqpSetting().orElseGet(() -> broker.amqpUri());
  }

  /**
   * Gives agents users of an embedded broker; empty: the settings name another one.
   *
   * @param host by which agents reach this machine, if the settings do not say where the broker is
   */
  public Optional<BrokerAdmin> users(String host) {
    return amqpSetting().isPresent()
        ? Optional.empty()
        : Optional.of(
            new GateAdmin(gate, settings.uri("agent.amqp.uri").orElseGet(() -> gate.uri(host))));
  }

  /** Where Cassandra answers. */
  public List<InetSocketAddress> contactPoints() {
    List<InetSocketAddress> named = contactPointsSetting();
    return named.isEmpty() ? List.of(cassandra.contactPoint()) : named;
  }

  /** The settings, with what was started filled in. */
  public Settings filledIn() {
    return settings.with(
        Map.of(
            "amqp.uri",
            amqpUri().toString(),
            "cassandra.contact.points",
            String.join(",", contactPoints().stream().map(BackingServices::hostAndPort).toList())));
  }

  /** The opened data directory. */
  public DataDirectory directory() {
    return directory;
  }

  /** Why nothing more should be written to an embedded Cassandra; empty while there is room. */
  public Optional<String> lackingRoom() {
    return cassandra == null ? Optional.empty() : space.lacking();
  }

  @Override
  public Health check() {
    if (broker != null && !broker.isActive()) {
      return Health.down("the embedded broker has stopped; see the log");
    }
    if (cassandra != null && !cassandra.isAlive()) {
      return Health.down(
          "the embedded Cassandra has ended %s; see %s"
              .formatted(cassandra.lastWords(), directory.log()));
    }
    Optional<String> lacking = lackingRoom();
    if (lacking.isPresent()) {
      return Health.down(lacking.get());
    }
    return Health.ok(
        "broker %s, Cassandra %s"
            .formatted(
                broker == null ? "named by the settings" : "embedded",
                cassandra == null ? "named by the settings" : "embedded"));
  }

  /** Ends them side by side: a process has ten seconds in all. */
  @Override
  public void close() {
    closeQuietly(Optional.ofNullable(gate));
    Thread closing = new Thread(() -> closeQuietly(Optional.ofNullable(broker)), "close-broker");
    closing.start();
    closeQuietly(Optional.ofNullable(cassandra));
    try {
      closing.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closeQuietly(Optional.ofNullable(directory));
  }

  private static void closeQuietly(Optional<? extends AutoCloseable> part) {
    part.ifPresent(
        p -> {
          try {
            p.close();
          } catch (Exception e) {
            LOG.warn("closing failed part={}", p.getClass().getSimpleName(), e);
          }
        });
  }

  private Optional<URI> amqpSetting() {
    return settings.uri("amqp.uri");
  }

  private List<InetSocketAddress> contactPointsSetting() {
    return settings.addresses("cassandra.contact.points", DEFAULT_CQL_PORT);
  }

  private static String hostAndPort(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }
}
