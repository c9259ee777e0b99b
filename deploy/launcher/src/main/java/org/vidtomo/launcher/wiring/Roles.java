package org.vidtomo.launcher.wiring;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.agent.service.AgentSettings;
import org.vidtomo.agent.service.ProbeAgent;
import org.vidtomo.aggregator.Aggregator;
import org.vidtomo.aggregator.AggregatorSettings;
import org.vidtomo.coordinator.Coordinator;
import org.vidtomo.coordinator.CoordinatorSettings;
import org.vidtomo.dashboard.Dashboard;
import org.vidtomo.dashboard.DashboardSettings;
import org.vidtomo.dashboard.api.Sources;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.admin.BrokerAdmin;
import org.vidtomo.runtime.Lifecycle;
import org.vidtomo.runtime.http.ServerTls;
import org.vidtomo.runtime.network.NetworkSettings;
import org.vidtomo.runtime.operations.Metrics;
import org.vidtomo.runtime.operations.Operations;
import org.vidtomo.runtime.operations.OperationsServer;
import org.vidtomo.runtime.settings.Settings;
import org.vidtomo.storage.Room;

/**
 * Puts roles into a process: one each for {@code vidtomo coordinator} and its like, all of them for
 * the demo. They are added to the lifecycle in the order in which they must start.
 */
public final class Roles {
  private final Lifecycle lifecycle;
  private final Settings settings;
  private final Metrics metrics;
  private final Clock clock;
  private final VertxComponent vertx;
  private final Operations operations;

  /** No role yet; the event loops that they share are added at once. */
  public Roles(Lifecycle lifecycle, Settings settings, Metrics metrics, Clock clock) {
    this.lifecycle = requireNonNull(lifecycle, "lifecycle");
    this.settings = requireNonNull(settings, "settings");
    this.metrics = requireNonNull(metrics, "metrics");
    this.clock = requireNonNull(clock, "clock");
    vertx = lifecycle.add(new VertxComponent());
    operations = new Operations(vertx.vertx(), lifecycle::components, metrics);
  }

  /**
   * Reads the settings of the server's roles and what they name, so that a wrong one is told before
   * anything is started.
   *
   * @param directory of the coordinator
   * @throws org.vidtomo.runtime.settings.SettingException for the first that is wrong
   */
  public static void check(Settings settings, Path directory) {
    Brokers.admin(
        settings.string("amqp.uri").isPresent()
            ? settings
            : settings.with(Map.of("amqp.uri", "amqp://127.0.0.1")));
    Settings whole =
        settings.string("cassandra.contact.points").isPresent()
            ? settings
            : settings.with(Map.of("cassandra.contact.points", "127.0.0.1"));
    StoreComponent.settings(whole);
    CoordinatorSettings.from(settings, directory);
    DashboardSettings.of(settings);
    NetworkSettings.load(AggregatorSettings.from(settings).networks());
  }

  /** The store, for the roles added after it. */
  public StoreComponent store() {
    return store(Room.AMPLE);
  }

  /** The store, for the roles added after it, on a disk that this process watches. */
  public StoreComponent store(Room room) {
    return lifecycle.add(new StoreComponent(StoreComponent.settings(settings), room));
  }

  /**
   * The coordinator.
   *
   * @param directory of its keys and tokens
   */
  public Coordinator coordinator(StoreComponent store, Path directory) {
    return coordinator(store, directory, Optional.empty());
  }

  /**
   * The coordinator.
   *
   * @param directory of its keys and tokens
   * @param users gives agents their users; empty: what the settings say does
   */
  public Coordinator coordinator(
      StoreComponent store, Path directory, Optional<BrokerAdmin> users) {
    BrokerAdmin admin = users.orElseGet(() -> Brokers.admin(settings));
    Function<String, BrokerSettings> brokers = Brokers.named(settings);
    return lifecycle.add(
        new Coordinator(
            CoordinatorSettings.from(Brokers.withSharedUser(settings), directory),
            store::store,
            name -> new BrokerConnection(brokers.apply(name)),
            admin,
            vertx.vertx(),
            operations,
            metrics,
            clock));
  }

  /** An aggregator. */
  public AggregatorSettings aggregator(StoreComponent store) {
    BrokerComponent connection =
        lifecycle.add(new BrokerComponent(Brokers.settings(settings, "aggregator")));
    AggregatorSettings own = AggregatorSettings.from(settings);
    lifecycle.add(
        new Aggregator(own, store::store, connection.connection(), metrics.registry(), clock));
    return own;
  }

  /** The dashboard. */
  public Dashboard dashboard(StoreComponent store) {
    return dashboard(store, DashboardSettings.of(settings));
  }

  /** The dashboard, told otherwise than by the settings. */
  public Dashboard dashboard(StoreComponent store, DashboardSettings own) {
    BrokerComponent connection =
        lifecycle.add(new BrokerComponent(Brokers.settings(settings, "dashboard")));
    return lifecycle.add(
        new Dashboard(
            vertx.vertx(),
            own,
            () -> Sources.of(store.store()),
            connection.connection(),
            lifecycle::components,
            metrics,
            clock));
  }

  /** An enrolled agent. */
  public ProbeAgent agent(AgentSettings own, AgentIdentity identity) {
    return lifecycle.add(ProbeAgent.create(own, identity, metrics.registry(), clock));
  }

  /**
   * {@code /health} and {@code /metrics} on a port of their own, for roles without another.
   *
   * @param setting that names the address
   */
  public void operations(String setting, InetSocketAddress listen, Optional<ServerTls> tls) {
    lifecycle.add(new OperationsServer(vertx.vertx(), setting, listen, tls, operations));
  }
}
