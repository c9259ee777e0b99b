package org.vidtomo.coordinator;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vidtomo.coordinator.campaign.CampaignView;
import org.vidtomo.coordinator.flood.FloodLimits;
import org.vidtomo.coordinator.source.SourceSettings;
import org.vidtomo.core.network.KeptAddresses;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.admin.BrokerAdmin;
import org.vidtomo.messaging.admin.RabbitMqAdmin;
import org.vidtomo.runtime.files.Tokens;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.runtime.operations.Metrics;
import org.vidtomo.runtime.operations.Operations;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;
import org.vidtomo.testkit.Cassandra;
import org.vidtomo.testkit.RabbitMq;

/** A coordinator on a virtual host and a keyspace of its own, that may be ended and started. */
final class TestSystem implements AutoCloseable {
  private final StoreSettings storeSettings;
  private final Path directory;
  private final URI broker;
  private final Optional<URI> management;
  private final BrokerAdmin users;
  private final BrokerConnection aggregator;
  private final Vertx vertx = Vertx.vertx();
  private Metrics metrics;
  private final Store store;
  private final List<ScriptedAgent> agents = new ArrayList<>();
  private SourceSettings source = SourceSettings.DEFAULTS;
  private FloodLimits floods = FloodLimits.DEFAULTS;
  private Coordinator coordinator;

  /** How patient the coordinator is. */
  record Times(Duration limit, Duration grace, Duration presence, Duration stalled) {
    static final Times PATIENT =
        new Times(
            Duration.ofMinutes(3),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofMinutes(15));

    /** A lease of two seconds. */
    static final Times HASTY =
        new Times(
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(3));
  }

  TestSystem(Path directory) {
    this(
        directory,
        ownKeyspace(),
        RabbitMq.shared().newVirtualHost(),
        RabbitMq.shared().managementUri());
  }

  /** On a broker of any kind. */
  TestSystem(Path directory, URI broker, BrokerAdmin users) {
    this(directory, ownKeyspace(), broker, Optional.empty(), users);
  }

  /** On a RabbitMQ. */
  TestSystem(Path directory, StoreSettings storeSettings, URI broker, URI management) {
    this(
        directory,
        storeSettings,
        broker,
        Optional.of(management),
        new RabbitMqAdmin(management, broker, Optional.empty()));
  }

  private TestSystem(
      Path directory,
      StoreSettings storeSettings,
      URI broker,
      Optional<URI> management,
      BrokerAdmin users) {
    this.directory = directory;
    this.storeSettings = storeSettings;
    this.broker = broker;
    this.management = management;
    this.users = users;
    store = open(storeSettings);
    aggregator = connection("aggregator");
    aggregator.start();
  }

  private static StoreSettings ownKeyspace() {
    return StoreSettings.of(
            List.of(Cassandra.shared().contactPoint()), Cassandra.shared().localDatacenter())
        .withKeyspace(Cassandra.shared().newKeyspaceName());
  }

  private static Store open(StoreSettings settings) {
    try {
      return Store.open(settings);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How coordinators that are started from now on read lists of videos. */
  TestSystem reading(SourceSettings newSource) {
    source = newSource;
    return this;
  }

  /** What agents may send to coordinators that are started from now on. */
  TestSystem bearing(FloodLimits limits) {
    floods = limits;
    return this;
  }

  /** Starts a coordinator over what there is. */
  void start(Times times) {
    metrics = new Metrics();
    coordinator =
        new Coordinator(
            settings(directory, 0, times, source, floods),
            () -> store,
            this::connection,
            users,
            vertx,
            new Operations(vertx, () -> List.of(coordinator), metrics),
            metrics,
            Clock.systemUTC());
    try {
      coordinator.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends the coordinator. What matters is in the store and the broker, as after a kill. */
  void stop() {
    coordinator.close();
    metrics.close();
  }

  Coordinator coordinator() {
    return coordinator;
  }

  Store store() {
    return store;
  }

  String metrics() {
    return metrics.scrape();
  }

  BrokerConnection connection(String name) {
    return new BrokerConnection(BrokerSettings.of(broker, name));
  }

  /** Publishes what an aggregator would tell. */
  BrokerConnection aggregator() {
    return aggregator;
  }

  /** A look at the broker from outside. */
  long messages(String queue) {
    try (BrokerConnection someone = connection("someone")) {
      someone.start();
      return someone.topology().messageCount(queue).orElse(0);
    }
  }

  /** For {@link CoordinatorProcess}. */
  List<String> processArguments(Path home, int port) {
    return List.of(
        storeSettings.contactPoints().get(0).getHostString(),
        String.valueOf(storeSettings.contactPoints().get(0).getPort()),
        storeSettings.localDatacenter(),
        storeSettings.keyspace(),
        broker.toString(),
        management.orElseThrow().toString(),
        home.toString(),
        String.valueOf(port));
  }

  JsonHttp http(String tokenFile) {
    return http(tokenFile, coordinator.port());
  }

  JsonHttp http(String tokenFile, int port) {
    return http(directory, tokenFile, port);
  }

  static JsonHttp http(Path directory, String tokenFile, int port) {
    try {
      return JsonHttp.to(
          URI.create("http://127.0.0.1:" + port),
          Optional.of(Tokens.load(directory.resolve(tokenFile))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An enrolled agent that answers each task at once. */
  ScriptedAgent agent(String provider) throws Exception {
    ScriptedAgent agent = new ScriptedAgent(this, provider);
    agents.add(agent);
    return agent;
  }

  static CoordinatorSettings settings(Path directory, int port, Times times) {
    return settings(directory, port, times, SourceSettings.DEFAULTS, FloodLimits.DEFAULTS);
  }

  private static CoordinatorSettings settings(
      Path directory, int port, Times times, SourceSettings source, FloodLimits floods) {
    return new CoordinatorSettings(
        new InetSocketAddress("127.0.0.1", port),
        Optional.empty(),
        directory,
        directory.resolve("coordinator.key"),
        Optional.empty(),
        floods,
        3,
        times.limit(),
        Duration.ofMillis(500),
        times.grace(),
        times.presence(),
        Duration.ZERO,
        Duration.ofSeconds(2),
        times.stalled(),
        10_000,
        100_000_000,
        source,
        Optional.empty(),
        KeptAddresses.WHOLE);
  }

  /** The campaigns of one test are no business of the next. */
  void cancelAll() throws Exception {
    for (CampaignView campaign : coordinator.campaigns().list()) {
      if (!List.of("finished", "cancelled").contains(campaign.state())) {
        coordinator.campaigns().cancel(campaign.id());
      }
    }
  }

  /** The agents of one test are no business of the next. */
  void dismissAgents() throws Exception {
    for (ScriptedAgent agent : agents) {
      agent.dies();
      coordinator.enrolment().revoke(agent.id());
    }
    agents.clear();
  }

  @Override
  public void close() {
    agents.forEach(ScriptedAgent::dies);
    aggregator.close();
    coordinator.close();
    store.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
