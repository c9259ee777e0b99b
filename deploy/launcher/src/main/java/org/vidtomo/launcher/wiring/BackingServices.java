package org.vidtomo.launcher.wiring;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.vidtomo.embedded.DataDirectory;
import org.vidtomo.embedded.EmbeddedBroker;
import org.vidtomo.embedded.EmbeddedCassandra;
import org.vidtomo.runtime.Component;
import org.vidtomo.runtime.Health;
import org.vidtomo.runtime.settings.Settings;

/**
 * The broker and the database: those that the settings name, else embedded ones under the data
 * directory. Which of them it is, nothing else needs to know.
 */
public final class BackingServices implements Component {
  public static final int DEFAULT_CQL_PORT = 9042;

  private final Settings settings;
  private final Path data;
  private final Consumer<Duration> waitingForCassandra;
  private volatile DataDirectory directory;
  private volatile EmbeddedBroker broker;
  private volatile EmbeddedCassandra cassandra;

  /**
   * Services that are not started yet.
   *
   * @param data the data directory, created when missing
   * @param waitingForCassandra told from time to time how long Cassandra has been starting
   */
  public BackingServices(Settings settings, Path data, Consumer<Duration> waitingForCassandra) {
    this.settings = requireNonNull(settings, "settings");
    this.data = requireNonNull(data, "data");
    this.waitingForCassandra = requireNonNull(waitingForCassandra, "waitingForCassandra");
  }

  @Override
  public String name() {
    return "services";
  }

  /** Opens the data directory and starts what the settings do not name, side by side. */
  @Override
  public void start() {
    directory = DataDirectory.open(data);
    CompletableFuture<Void> database =
        contactPointsSetting().isEmpty()
            ? CompletableFuture.runAsync(
                () -> cassandra = EmbeddedCassandra.start(directory, waitingForCassandra))
            : CompletableFuture.completedFuture(null);
    try {
      if (amqpSetting().isEmpty()) {
        broker = EmbeddedBroker.start(directory);
      }
    } finally {
      join(database);
    }
  }

  private static void join(CompletableFuture<Void> started) {
    try {
      started.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** The broker's URI, with its secret. */
  public URI amqpUri() {
    return amqpSetting().orElseGet(() -> broker.amqpUri());
  }

  /** Where Cassandra answers. */
  public List<InetSocketAddress> contactPoints() {
    List<InetSocketAddress> named = contactPointsSetting();
    return named.isEmpty() ? List.of(cassandra.contactPoint()) : named;
  }

  /** The settings, with what was started filled in. */
  public Settings filledIn() {
    return settings.with(
        java.util.Map.of(
            "amqp.uri",
            amqpUri().toString(),
            "cassandra.contact.points",
            String.join(",", contactPoints().stream().map(BackingServices::hostAndPort).toList())));
  }

  /** The opened data directory. */
  public DataDirectory directory() {
    return directory;
  }

  @Override
  public Health check() {
    if (broker != null && !broker.isActive()) {
      return Health.down("the embedded broker has stopped; see the log");
    }
    if (cassandra != null && !cassandra.isAlive()) {
      return Health.down("the embedded Cassandra has ended; see " + directory.log());
    }
    return Health.ok(
        "broker %s, Cassandra %s"
            .formatted(
                broker == null ? "named by the settings" : "embedded",
                cassandra == null ? "named by the settings" : "embedded"));
  }

  @Override
  public void close() {
    closeQuietly(Optional.ofNullable(cassandra));
    closeQuietly(Optional.ofNullable(broker));
    closeQuietly(Optional.ofNullable(directory));
  }

  private static void closeQuietly(Optional<? extends AutoCloseable> part) {
    part.ifPresent(
        p -> {
          try {
            p.close();
          } catch (Exception e) {
            org.slf4j.LoggerFactory.getLogger(BackingServices.class)
                .warn("closing failed part={}", p.getClass().getSimpleName(), e);
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
