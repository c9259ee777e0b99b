package org.vidtomo.coordinator;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.api.ApiServer;
import org.vidtomo.coordinator.api.ApiTokens;
import org.vidtomo.coordinator.assign.Assignments;
import org.vidtomo.coordinator.assign.Dispatcher;
import org.vidtomo.coordinator.assign.Fleet;
import org.vidtomo.coordinator.assign.OutcomeAccount;
import org.vidtomo.coordinator.assign.OutcomeListener;
import org.vidtomo.coordinator.assign.PresenceListener;
import org.vidtomo.coordinator.assign.ReassignmentFreeze;
import org.vidtomo.coordinator.campaign.Campaigns;
import org.vidtomo.coordinator.campaign.RoundPlanner;
import org.vidtomo.coordinator.enrol.CoordinatorKeys;
import org.vidtomo.coordinator.enrol.Enrolment;
import org.vidtomo.coordinator.enrol.Whoami;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerHealth;
import org.vidtomo.messaging.Topology;
import org.vidtomo.runtime.Component;
import org.vidtomo.runtime.Health;
import org.vidtomo.runtime.operations.Metrics;
import org.vidtomo.runtime.operations.Operations;
import org.vidtomo.storage.CoordinatorKey;
import org.vidtomo.storage.Store;

/**
 * The coordinator: takes campaigns, plans, gives tasks to agents, accounts for what becomes of
 * them. One for a system. All it must not forget is in the store and the broker: it may be killed
 * at any point and started again.
 */
public final class Coordinator implements Component {
  private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
  private static final Duration BROKER_WAIT = Duration.ofSeconds(30);
  private static final int PRESENCE_PREFETCH = 100;

  private final CoordinatorSettings settings;
  private final Supplier<Store> stores;
  private final Function<String, BrokerConnection> brokers;
  private final Vertx vertx;
  private final Operations operations;
  private final Clock clock;
  private final CoordinatorMetrics metrics;
  private final Fleet fleet;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private volatile Running running;

  /** What there is once it runs. */
  private record Running(
      Campaigns campaigns,
      BrokerConnection tasks,
      BrokerConnection reports,
      Dispatcher dispatcher,
      Enrolment enrolment,
      ApiServer api) {}

  /**
   * A coordinator that does not run yet.
   *
   * @param store asked for at the start, when it is open; the coordinator does not close it
   * @param brokers makes a connection with this name, not started; the coordinator closes it
   * @param operations what {@code /health} and {@code /metrics} answer on its port
   */
  public Coordinator(
      CoordinatorSettings settings,
      Supplier<Store> store,
      Function<String, BrokerConnection> brokers,
      Vertx vertx,
      Operations operations,
      Metrics metrics,
      Clock clock) {
    this.settings = settings;
    this.stores = store;
    this.brokers = brokers;
    this.vertx = vertx;
    this.operations = operations;
    this.clock = clock;
    this.metrics = new CoordinatorMetrics(metrics.registry());
    this.fleet = new Fleet(settings.presenceTimeout(), clock);
  }

  @Override
  public String name() {
    return "coordinator";
  }

  @Override
  public void start() throws IOException, InterruptedException {
    CoordinatorKeys keys =
        CoordinatorKeys.loadOrCreate(settings.directory(), settings.keyFile(), clock);
    ApiTokens tokens = ApiTokens.loadOrCreate(settings.directory());
    Store store = stores.get();
    store
        .keys()
        .put(
            new CoordinatorKey(
                keys.key().publicKey().id(), keys.key().publicKey().encoded(), keys.certificate()));

    // Two: a broker short of memory stops reading from a connection that publishes.
    BrokerConnection publishing = connect("coordinator");
    BrokerConnection listening = connect("coordinator-listening");
    Topology topology = publishing.topology();
    topology.declareShared();

    Campaigns campaigns =
        new Campaigns(store.campaigns(), store.seeds(), store.tasks(), settings.maxVideos(), clock);
    Dispatcher dispatcher = dispatcher(keys, store, publishing);
    Enrolment enrolment =
        new Enrolment(
            store.invites(),
            store.agents(),
            topology,
            fleet,
            settings.agentBroker(),
            keys.root(),
            dispatcher::revoked,
            clock);
    enrolment.load();
    restore(store, campaigns, dispatcher);
    listen(store, campaigns, dispatcher, listening);
    ApiServer api =
        new ApiServer(
            vertx,
            settings.listen(),
            tokens,
            campaigns,
            enrolment,
            fleet,
            new Whoami(fleet, keys.key(), clock),
            operations);
    api.start();
    opened.push(api);
    running = new Running(campaigns, publishing, listening, dispatcher, enrolment, api);
    LOG.info("The coordinator listens: port={} campaigns={}", api.port(), campaigns.all().size());
  }

  private BrokerConnection connect(String name) {
    BrokerConnection connection = brokers.apply(name);
    opened.push(connection);
    connection.start();
    connection.awaitConnected(BROKER_WAIT);
    return connection;
  }

  private Dispatcher dispatcher(CoordinatorKeys keys, Store store, BrokerConnection connection) {
    Instant now = clock.instant();
    return new Dispatcher(
        new Dispatcher.Rules(settings.window(), settings.lease(), settings.grace()),
        fleet,
        new ReassignmentFreeze(
            now, settings.freezeAfterStart(), settings.presenceTimeout(), settings.freezeHold()),
        store.tasks(),
        store.seeds(),
        connection.publisher(),
        connection.topology(),
        new Assignments(keys.key(), keys.certificate()),
        clock);
  }

  private void restore(Store store, Campaigns campaigns, Dispatcher dispatcher) {
    campaigns.listen(dispatcher);
    campaigns.load(
        agentId -> fleet.find(agentId).map(agent -> agent.provider()),
        row ->
            campaigns
                .find(row.key().campaignId())
                .ifPresent(campaign -> dispatcher.restore(campaign, row)));
    dispatcher.start();
    opened.push(dispatcher);
    Instant settled = clock.instant().plus(settings.presenceTimeout());
    PlanningThread planning =
        new PlanningThread(
            new RoundPlanner(
                campaigns, store.seeds(), store.tasks(), () -> providers(settled), clock));
    planning.start();
    opened.push(planning);
    metrics.bind(campaigns, fleet, dispatcher);
  }

  /** Just after a start nobody may have been heard yet: a plan made now would leave ISPs out. */
  private Optional<Map<String, String>> providers(Instant settled) {
    boolean known = fleet.allHeard() || clock.instant().isAfter(settled);
    return known ? Optional.of(fleet.providerByAgent()) : Optional.empty();
  }

  private void listen(
      Store store, Campaigns campaigns, Dispatcher dispatcher, BrokerConnection connection) {
    PresenceListener presence = new PresenceListener(fleet, dispatcher);
    OutcomeAccount account = new OutcomeAccount(campaigns, store.tasks(), dispatcher);
    OutcomeListener outcomes = new OutcomeListener(account);
    opened.push(outcomes);
    opened.push(connection.topology().subscribePresence(PRESENCE_PREFETCH, presence));
    opened.push(
        connection.subscribe(Topology.OUTCOMES_COORDINATOR, OutcomeListener.PREFETCH, outcomes));
    metrics.bind(presence, account);
  }

  @Override
  public Health check() {
    Running now = running;
    if (now == null) {
      return Health.down("not started");
    }
    BrokerHealth tasks = now.tasks().check();
    BrokerHealth reports = now.reports().check();
    if (!tasks.healthy()) {
      return Health.down("broker for tasks: " + tasks.describe());
    }
    if (!reports.healthy()) {
      return Health.down("broker for outcomes: " + reports.describe());
    }
    return now.dispatcher()
        .problem()
        .map(problem -> Health.degraded("giving tasks out is hindered: " + problem))
        .orElseGet(() -> Health.ok("listening on port " + now.api().port()));
  }

  /** Port of the HTTP API, once started. */
  public int port() {
    return started().api().port();
  }

  /** Invites and enrols, for a launcher in the same process; once started. */
  public Enrolment enrolment() {
    return started().enrolment();
  }

  /** The campaigns; once started. */
  public Campaigns campaigns() {
    return started().campaigns();
  }

  /** The agents. */
  public Fleet fleet() {
    return fleet;
  }

  /** Where the token stands that allows everything. */
  public Path adminTokenFile() {
    return ApiTokens.adminFile(settings.directory());
  }

  private Running started() {
    Running now = running;
    if (now == null) {
      throw new IllegalStateException("the coordinator is not started");
    }
    return now;
  }

  @Override
  public synchronized void close() {
    running = null;
    while (!opened.isEmpty()) {
      AutoCloseable next = opened.pop();
      try {
        next.close();
      } catch (Exception e) {
        LOG.warn("Closing failed: {}", next.getClass().getSimpleName(), e);
      }
    }
  }
}
