package org.vidtomo.coordinator;

import io.micrometer.core.instrument.Gauge;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.alert.AlertBook;
import org.vidtomo.coordinator.api.ApiServer;
import org.vidtomo.coordinator.api.ApiTokens;
import org.vidtomo.coordinator.assign.Fleet;
import org.vidtomo.coordinator.campaign.Campaigns;
import org.vidtomo.coordinator.enrol.AgentTokens;
import org.vidtomo.coordinator.enrol.CoordinatorKeys;
import org.vidtomo.coordinator.enrol.Enrolment;
import org.vidtomo.coordinator.enrol.Whoami;
import org.vidtomo.coordinator.lead.Leadership;
import org.vidtomo.coordinator.lead.Seat;
import org.vidtomo.core.network.Networks;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.admin.BrokerAdmin;
import org.vidtomo.runtime.Component;
import org.vidtomo.runtime.Health;
import org.vidtomo.runtime.network.NetworkSettings;
import org.vidtomo.runtime.operations.Metrics;
import org.vidtomo.runtime.operations.Operations;
import org.vidtomo.storage.Store;

/**
 * The coordinator: takes campaigns, plans, gives tasks to agents, accounts for what becomes of
 * them. Of several on one store one leads, the others stand by. All it must not forget is in the
 * store and the broker: it may be killed at any point and started again.
 */
public final class Coordinator implements Component {
  private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);

  private final CoordinatorSettings settings;
  private final Supplier<Store> stores;
  private final Function<String, BrokerConnection> brokers;
  private final BrokerAdmin admin;
  private final Vertx vertx;
  private final Operations operations;
  private final Metrics metrics;
  private final Clock clock;

  private volatile Leadership leadership;
  private volatile ApiServer api;
  private volatile Tenure tenure;
  private volatile CoordinatorKeys keys;

  /**
   * A coordinator that does not run yet.
   *
   * @param store asked for at the start, when it is open; the coordinator does not close it
   * @param brokers makes a connection with this name, not started; the coordinator closes it
   * @param admin gives agents their users
   * @param operations what {@code /health} and {@code /metrics} answer on its port
   */
  public Coordinator(
      CoordinatorSettings settings,
      Supplier<Store> store,
      Function<String, BrokerConnection> brokers,
      BrokerAdmin admin,
      Vertx vertx,
      Operations operations,
      Metrics metrics,
      Clock clock) {
    this.settings = settings;
    this.stores = store;
    this.brokers = brokers;
    this.admin = admin;
    this.vertx = vertx;
    this.operations = operations;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "coordinator";
  }

  /** Once it returns, it leads, or it stands by until it does. */
  @Override
  public synchronized void start() throws Exception {
    keys = CoordinatorKeys.loadOrCreate(settings.directory(), settings.keyFile(), clock);
    Gauge.builder("vidtomo.coordinator.certificate.left", () -> left(keys))
        .baseUnit("seconds")
        .description("until the certificate of its key ends")
        .register(metrics.registry());
    ApiTokens tokens = ApiTokens.loadOrCreate(settings.directory());
    Networks networks = NetworkSettings.load(settings.networks());
    Store store = stores.get();
    Leadership made =
        new Leadership(
            Seat.in(settings.directory()), store.leader(), new Office(keys, store, networks));
    api =
        new ApiServer(vertx, settings.listen(), settings.tls(), tokens, operations, made::standing);
    leadership = made;
    boolean leads = made.start();
    api.start();
    LOG.info("The coordinator listens: port={} leads={}", api.port(), leads);
  }

  private double left(CoordinatorKeys certified) {
    return Duration.between(clock.instant(), certified.endsAt()).toSeconds();
  }

  /** The leader's work in this process. */
  private final class Office implements Leadership.Office {
    private final CoordinatorKeys keys;
    private final Store store;
    private final Networks networks;
    private Tenure begun;

    Office(CoordinatorKeys keys, Store store, Networks networks) {
      this.keys = keys;
      this.store = store;
      this.networks = networks;
    }

    @Override
    public synchronized void enter() throws IOException {
      begun =
          new Tenure(
              settings, store, brokers, admin, vertx, keys, leadership::held, metrics, clock);
      begun.begin();
      api.serve(
          begun.campaigns(),
          begun.enrolment(),
          begun.fleet(),
          new Whoami(
              new AgentTokens(begun.fleet(), clock),
              keys.key(),
              networks,
              settings.addresses(),
              begun.lines()::seen,
              clock),
          store.standing()::clear,
          begun.farewell(),
          begun.alerts());
      tenure = begun;
    }

    @Override
    public synchronized void leave() {
      tenure = null;
      api.standBy();
      if (begun != null) {
        begun.close();
        begun = null;
      }
    }
  }

  @Override
  public Health check() {
    Leadership standing = leadership;
    if (standing == null) {
      return Health.down("not started");
    }
    Tenure now = tenure;
    if (now == null) {
      return standing.leads()
          ? Health.down("begins: " + standing.standing())
          : Health.degraded(standing.standing());
    }
    if (!standing.held()) {
      return Health.down(standing.standing());
    }
    Health health = now.check();
    if (health.status() != Health.Status.OK) {
      return health;
    }
    return keys.warning(clock.instant())
        .map(Health::degraded)
        .orElseGet(
            () -> Health.ok("listening on port %d, %s".formatted(api.port(), standing.standing())));
  }

  /** Port of the HTTP API, once started. */
  public int port() {
    return api.port();
  }

  /** Invites and enrols, for a launcher in the same process; once it leads. */
  public Enrolment enrolment() {
    return leading().enrolment();
  }

  /** The campaigns; once it leads. */
  public Campaigns campaigns() {
    return leading().campaigns();
  }

  /** The agents; once it leads. */
  public Fleet fleet() {
    return leading().fleet();
  }

  /** What is wrong; once it leads. */
  public AlertBook alerts() {
    return leading().alerts();
  }

  /** Where the token stands that allows everything. */
  public Path adminTokenFile() {
    return ApiTokens.adminFile(settings.directory());
  }

  private Tenure leading() {
    Tenure now = tenure;
    if (now == null) {
      Leadership standing = leadership;
      throw new IllegalStateException(
          "the coordinator does not lead: "
              + (standing == null ? "it is not started" : standing.standing()));
    }
    return now;
  }

  @Override
  public synchronized void close() {
    Leadership standing = leadership;
    if (standing != null) {
      leadership = null;
      closeQuietly(api);
      closeQuietly(standing);
    }
  }

  private static void closeQuietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("Closing failed: {}", part.getClass().getSimpleName(), e);
    }
  }
}
