package org.vidtomo.coordinator;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.alert.AlertBook;
import org.vidtomo.coordinator.alert.AlertWatch;
import org.vidtomo.coordinator.assign.Assignments;
import org.vidtomo.coordinator.assign.Dispatcher;
import org.vidtomo.coordinator.assign.EnrolledAgent;
import org.vidtomo.coordinator.assign.Fleet;
import org.vidtomo.coordinator.assign.LeadersPublisher;
import org.vidtomo.coordinator.assign.OutcomeAccount;
import org.vidtomo.coordinator.assign.OutcomeListener;
import org.vidtomo.coordinator.assign.PresenceListener;
import org.vidtomo.coordinator.assign.ReassignmentFreeze;
import org.vidtomo.coordinator.campaign.Campaigns;
import org.vidtomo.coordinator.campaign.CycleSeeds;
import org.vidtomo.coordinator.campaign.RoundPlanner;
import org.vidtomo.coordinator.campaign.RoundVideos;
import org.vidtomo.coordinator.enrol.CoordinatorKeys;
import org.vidtomo.coordinator.enrol.Enrolment;
import org.vidtomo.coordinator.enrol.Farewell;
import org.vidtomo.coordinator.enrol.Invites;
import org.vidtomo.coordinator.enrol.Lines;
import org.vidtomo.coordinator.enrol.PublishedKeys;
import org.vidtomo.coordinator.flood.ExpiredReports;
import org.vidtomo.coordinator.flood.FloodWatch;
import org.vidtomo.coordinator.source.DocumentFetcher;
import org.vidtomo.coordinator.source.HttpListings;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerHealth;
import org.vidtomo.messaging.Senders;
import org.vidtomo.messaging.Topology;
import org.vidtomo.messaging.admin.BrokerAdmin;
import org.vidtomo.runtime.Health;
import org.vidtomo.runtime.files.KeyFiles;
import org.vidtomo.runtime.http.Certificates;
import org.vidtomo.runtime.operations.Metrics;
import org.vidtomo.storage.Store;

/**
 * All that a coordinator does and knows while it leads, from reading the store to the last
 * assignment. The next tenure begins anew from the store and the broker.
 */
final class Tenure implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tenure.class);
  private static final Duration BROKER_WAIT = Duration.ofSeconds(30);
  private static final String LINES_KEY = "lines.key";
  private static final int PRESENCE_PREFETCH = 100;

  private final CoordinatorSettings settings;
  private final Store store;
  private final Function<String, BrokerConnection> brokers;
  private final BrokerAdmin admin;
  private final Vertx vertx;
  private final CoordinatorKeys keys;
  private final BooleanSupplier leads;
  private final Clock clock;
  private final MeterRegistry registry;
  private final CoordinatorMetrics metrics;
  private final Fleet fleet;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private BrokerConnection publishing;
  private BrokerConnection listening;
  private CycleSeeds cycleSeeds;
  private Campaigns campaigns;
  private Dispatcher dispatcher;
  private Enrolment enrolment;
  private Farewell farewell;
  private Lines lines;
  private PresenceListener presence;
  private AlertWatch alerts;

  /**
   * A tenure that has not begun.
   *
   * @param leads whether the coordinator may act as the leader now
   */
  Tenure(
      CoordinatorSettings settings,
      Store store,
      Function<String, BrokerConnection> brokers,
      BrokerAdmin admin,
      Vertx vertx,
      CoordinatorKeys keys,
      BooleanSupplier leads,
      Metrics metrics,
      Clock clock) {
    this.settings = settings;
    this.store = store;
    this.brokers = brokers;
    this.admin = admin;
    this.vertx = vertx;
    this.keys = keys;
    this.leads = leads;
    this.clock = clock;
    this.registry = metrics.registry();
    this.metrics = new CoordinatorMetrics(registry);
    this.fleet = new Fleet(settings.presenceTimeout(), clock);
  }

  void begin() throws IOException {
    opened.push(metrics);
    new PublishedKeys(store.keys()).publish(keys);
    // Two: a broker short of memory stops reading from a connection that publishes.
    publishing = connect("coordinator");
    listening = connect("coordinator-listening");
    publishing.topology().declareShared();

    HttpListings listings =
        new HttpListings(new DocumentFetcher(vertx, settings.source()), System::nanoTime);
    opened.push(listings);
    cycleSeeds = new CycleSeeds(store.seeds(), store.crawl(), listings, settings.source().videos());
    campaigns =
        new Campaigns(
            store.campaigns(),
            store.seeds(),
            store.tasks(),
            cycleSeeds,
            settings.maxVideos(),
            clock);
    dispatcher = dispatcher();
    lines =
        new Lines(
            store.standing(),
            KeyFiles.loadOrCreate(settings.directory().resolve(LINES_KEY)),
            clock);
    lines.load();
    enrolment =
        new Enrolment(
            new Invites(store.invites(), authority(), clock),
            store.agents(),
            publishing.topology(),
            admin,
            fleet,
            keys.root(),
            this::revoked,
            clock);
    opened.push(enrolment);
    enrolment.load();
    farewell = new Farewell(store.erasures(), store.agents(), enrolment, leads, clock);
    opened.push(farewell);
    Instant settled = clock.instant().plus(settings.presenceTimeout());
    restore(settled);
    listen();
    farewell.start();
    FloodWatch floods =
        new FloodWatch(
            () -> presence.atLeastHeard(admin.usage()),
            store.standing(),
            agent -> fleet.find(agent).isPresent(),
            enrolment::revoke,
            settings.floods(),
            clock);
    opened.push(floods);
    floods.start();
    ExpiredReports expired = new ExpiredReports(listening);
    opened.push(expired);
    expired.start();
    alerts =
        new AlertWatch(
            new AlertWatch.Sources(campaigns, fleet, dispatcher, publishing, floods::findings),
            settings.stalledAfter(),
            settled,
            registry,
            clock);
    opened.push(alerts);
    alerts.start();
  }

  private void revoked(EnrolledAgent agent) {
    dispatcher.revoked(agent);
    lines.gone(agent.agentId());
  }

  /** Where agents are. */
  Lines lines() {
    return lines;
  }

  AlertBook alerts() {
    return alerts.book();
  }

  Campaigns campaigns() {
    return campaigns;
  }

  Enrolment enrolment() {
    return enrolment;
  }

  Farewell farewell() {
    return farewell;
  }

  Fleet fleet() {
    return fleet;
  }

  Health check() {
    BrokerHealth tasks = publishing.check();
    BrokerHealth reports = listening.check();
    if (!tasks.healthy()) {
      return Health.down("broker for tasks: " + tasks.describe());
    }
    if (!reports.healthy()) {
      return Health.down("broker for outcomes: " + reports.describe());
    }
    Optional<String> hindrance =
        dispatcher.problem().map(problem -> "giving tasks out is hindered: " + problem);
    String concerns =
        Stream.concat(hindrance.stream(), Stream.of(alerts.book().summary()))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("; "));
    return concerns.isEmpty() ? Health.ok("") : Health.degraded(concerns);
  }

  /** An authority of our own goes with invites: nobody would trust it otherwise. */
  private Optional<String> authority() throws IOException {
    return settings.tls().isEmpty()
        ? Optional.empty()
        : settings.tls().get().authority().map(Certificates::fingerprint);
  }

  private BrokerConnection connect(String name) {
    BrokerConnection connection = brokers.apply(name);
    opened.push(connection);
    connection.start();
    connection.awaitConnected(BROKER_WAIT);
    return connection;
  }

  private Dispatcher dispatcher() {
    Instant now = clock.instant();
    return new Dispatcher(
        new Dispatcher.Rules(
            settings.window(), settings.lease(), settings.grace(), settings.startsPerHost()),
        fleet,
        new ReassignmentFreeze(
            now, settings.freezeAfterStart(), settings.presenceTimeout(), settings.freezeHold()),
        store.tasks(),
        new RoundVideos(store.seeds(), store.crawl()),
        new LeadersPublisher(publishing.publisher(), leads),
        publishing.topology(),
        new Assignments(keys.key(), keys.certificate(), clock),
        leads,
        clock);
  }

  private void restore(Instant settled) {
    campaigns.listen(dispatcher);
    campaigns.load(
        agentId -> fleet.find(agentId).map(agent -> agent.provider()),
        row ->
            campaigns
                .find(row.key().campaignId())
                .ifPresent(campaign -> dispatcher.restore(campaign, row)));
    dispatcher.start();
    opened.push(dispatcher);
    PlanningThread planning =
        new PlanningThread(
            new RoundPlanner(
                campaigns,
                new RoundVideos(store.seeds(), store.crawl()),
                store.crawl(),
                cycleSeeds,
                store.tasks(),
                () -> providers(settled),
                clock),
            leads);
    planning.start();
    opened.push(planning);
    metrics.bind(campaigns, fleet, dispatcher);
  }

  /** Just after a start nobody may have been heard yet: a plan made now would leave ISPs out. */
  private Optional<Map<String, String>> providers(Instant settled) {
    boolean known = fleet.allHeard() || clock.instant().isAfter(settled);
    return known ? Optional.of(fleet.providerByAgent()) : Optional.empty();
  }

  private void listen() {
    Set<String> trusted = new HashSet<>(Set.of(listening.user()));
    settings.sharedUser().ifPresent(trusted::add);
    presence =
        new PresenceListener(
            fleet, dispatcher, new Senders(trusted), settings.presenceTimeout(), clock);
    OutcomeAccount account =
        new OutcomeAccount(campaigns, store.tasks(), store.crawl(), dispatcher);
    OutcomeListener outcomes = new OutcomeListener(account, lines::reported, leads);
    opened.push(outcomes);
    opened.push(listening.topology().subscribePresence(PRESENCE_PREFETCH, presence));
    opened.push(
        listening.subscribe(Topology.OUTCOMES_COORDINATOR, OutcomeListener.PREFETCH, outcomes));
    metrics.bind(presence, account);
  }

  /** Ends what began, the latest first. */
  @Override
  public void close() {
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
