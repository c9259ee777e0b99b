package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.agent.dns.Nat64;
import org.vidtomo.agent.dns.Resolvers;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.agent.enrol.BrokerAccess;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.network.AddressNetworks;
import org.vidtomo.agent.policy.AgentPolicy;
import org.vidtomo.agent.policy.LineTraffic;
import org.vidtomo.agent.policy.PolicyFile;
import org.vidtomo.agent.run.Instrument;
import org.vidtomo.agent.run.LocalSettings;
import org.vidtomo.agent.status.StatusBoard;
import org.vidtomo.core.task.Presence;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerHealth;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.Subscription;
import org.vidtomo.runtime.Component;
import org.vidtomo.runtime.Health;

/**
 * An agent at work: takes tasks from its queue one at a time, measures, reports, and says every few
 * seconds that it is there. {@link #close} ends it within two seconds; a task that could not be
 * finished goes back to the queue, a report that could not be sent is on disk.
 */
public final class ProbeAgent implements Component {
  private static final Logger LOG = LoggerFactory.getLogger(ProbeAgent.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);

  /** A thousand agents that lose one broker at once come back over these seconds, not at once. */
  private static final Duration SHORTEST_BACKOFF = Duration.ofSeconds(4);

  /** AMQP's heartbeats, each way every five seconds on a connection that says nothing else. */
  private static final long KEEP_ALIVE_BYTES_PER_SECOND = 80;

  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(15);

  private final AgentSettings settings;
  private final AgentIdentity identity;
  private final BrokerAccess access;
  private final InstrumentFactory instruments;
  private final MeterRegistry registry;
  private final Clock clock;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private volatile Parts parts;

  /** What there is while it runs. */
  record Parts(
      AgentStore store,
      AgentDescription description,
      BrokerConnection connection,
      ReportSender sender,
      TaskWorker worker,
      PauseSwitch pause,
      AgentWatch watch) {}

  private ProbeAgent(
      AgentSettings settings,
      AgentIdentity identity,
      InstrumentFactory instruments,
      MeterRegistry registry,
      Clock clock) {
    this.settings = requireNonNull(settings, "settings");
    this.identity = requireNonNull(identity, "identity");
    this.access = new BrokerAccess(identity, settings.directory(), settings.authorities(), clock);
    this.instruments = requireNonNull(instruments, "instruments");
    this.registry = requireNonNull(registry, "registry");
    this.clock = requireNonNull(clock, "clock");
  }

  /** An agent that does nothing yet. */
  public static ProbeAgent create(
      AgentSettings settings,
      AgentIdentity identity,
      InstrumentFactory instruments,
      MeterRegistry registry,
      Clock clock) {
    return new ProbeAgent(settings, identity, instruments, registry, clock);
  }

  /** An agent with the real instrument that does nothing yet. */
  public static ProbeAgent create(
      AgentSettings settings, AgentIdentity identity, MeterRegistry registry, Clock clock) {
    return create(settings, identity, InstrumentFactory.real(clock), registry, clock);
  }

  @Override
  public String name() {
    return "agent";
  }

  @Override
  public synchronized void start() throws IOException {
    identity.requireEncrypted();
    AgentPolicy policy = policy();
    AgentStore store = AgentStore.open(settings, policy, clock);
    started.push(store::close);
    StatusBoard board =
        StatusBoard.open(settings.directory().status(), identity.agentId(), this::live, clock);
    // Said once more when all else has ended.
    started.push(board::refresh);
    AgentDescription description = new AgentDescription(identity, settings, clock);
    Instrument instrument = instrument(policy, store, description);
    BrokerConnection connection = connection(store, "agent-" + identity.agentId());
    started.push(connection);
    connection.start();
    ReportSender sender = sender(store, connection);
    AgentMetrics metrics = new AgentMetrics(registry, identity.agentId());
    PauseSwitch pause =
        new PauseSwitch(
            settings.directory().paused(), policy.quietHours(), clock, ZoneId.systemDefault());
    AgentWatch watch = new AgentWatch(pause, board, store.budget(), clock);
    TaskWorker worker = worker(policy, instrument, description, sender, metrics);
    Heartbeat heartbeat = heartbeat(store);
    // While the measurement ends, the coordinator hears that no one need wait for this agent.
    started.push(() -> SideBySide.close(heartbeat, worker));
    parts = new Parts(store, description, connection, sender, worker, pause, watch);
    begin(parts, heartbeat);
    watchNetwork(store, description);
    observe(metrics, parts);
    LOG.info(
        "agent started agent={} directory={}", identity.agentId(), settings.directory().path());
  }

  @Override
  public Health check() {
    Parts now = parts;
    if (now == null) {
      return Health.down("not started");
    }
    BrokerHealth broker = now.connection().check();
    String detail =
        broker.describe()
            + ", reports waiting: "
            + now.store().spool().records()
            + now.sender().problem().map(p -> " (" + p + ")").orElse("");
    if (!broker.connected()) {
      return Health.down(detail);
    }
    return broker.healthy() && now.sender().problem().isEmpty()
        ? Health.ok(detail)
        : Health.degraded(detail);
  }

  @Override
  public synchronized void close() {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        LOG.warn("closing a part of the agent failed agent={}", identity.agentId(), e);
      }
    }
    parts = null;
  }

  private AgentPolicy policy() {
    AgentPolicy file = PolicyFile.load(settings.directory().policy());
    return file.opened(settings.anySite(), settings.local().allowPrivate());
  }

  private Instrument instrument(
      AgentPolicy policy, AgentStore store, AgentDescription description) {
    Instrument instrument =
        instruments.create(
            new InstrumentFactory.Bounds(
                settings.local(),
                addressGuard(policy, store.line()),
                policy.urlGuard(),
                store.budget(),
                description));
    if (instrument instanceof AutoCloseable closeable) {
      started.push(closeable);
    }
    return instrument;
  }

  private AddressGuard addressGuard(AgentPolicy policy, LineMemory line) {
    return policy.addressGuard(line::publicAddress, new Nat64(systemResolvers(), System::nanoTime));
  }

  private ReportSender sender(AgentStore store, BrokerConnection connection) throws IOException {
    ReportSender sender =
        new ReportSender(
            "reports-" + identity.agentId(),
            store.spool(),
            store.finished(),
            connection.publisher(),
            clock);
    started.push(sender);
    sender.start();
    return sender;
  }

  private TaskWorker worker(
      AgentPolicy policy,
      Instrument instrument,
      AgentDescription description,
      ReportSender sender,
      AgentMetrics metrics)
      throws IOException {
    KeyGeneration generation = KeyGeneration.load(settings.directory().keyGeneration());
    return new TaskWorker(
        "measure-" + identity.agentId(),
        new AssignmentVerifier(identity.agentId(), identity.rootKey(), generation, clock),
        policy,
        BusyLine.of(
            new LineTraffic()::bitsPerSecond,
            policy.busyAboveBps(),
            clock,
            metrics.postponed::increment),
        instrument,
        new OwnReports(description, clock),
        new ReportPacker(identity.agentId(), identity.key(), description::publicAddress, clock),
        sender,
        metrics,
        settings.drain());
  }

  private Heartbeat heartbeat(AgentStore store) {
    return new Heartbeat(
        connection(store, "presence-" + identity.agentId()),
        identity.key(),
        this::state,
        settings.heartbeat(),
        AgentCapabilities.here(),
        clock);
  }

  private void begin(Parts now, Heartbeat heartbeat) {
    started.push(now.watch());
    // Last to be started, so first to end: no more tasks.
    Subscription tasks =
        now.connection().subscribe(identity.queue(), 1, now.pause().guarding(now.worker()::take));
    started.push(tasks::pause);
    now.pause().look(tasks);
    heartbeat.start();
    now.worker().start(now.watch());
    now.watch().start(tasks, heartbeat::beatNow);
  }

  private void watchNetwork(AgentStore store, AgentDescription description) {
    Consumer<NetworkView> seen = store.line()::seen;
    Consumer<NetworkView> timed =
        view ->
            view.clockOffsetMicros()
                .ifPresent(
                    offset ->
                        store.budget().heard(clock.instant().minus(offset, ChronoUnit.MICROS)));
    NetworkWatch watch =
        new NetworkWatch(
            identity,
            settings.authorities(),
            networks(),
            seen.andThen(timed).andThen(description::seen),
            clock);
    started.push(watch);
    watch.start();
  }

  private AddressNetworks networks() {
    AddressNetworks networks =
        new AddressNetworks(
            settings.local().networks(), systemResolvers()::texts, System::nanoTime);
    networks.load();
    return networks;
  }

  private Resolvers systemResolvers() {
    LocalSettings local = settings.local();
    return new Resolvers(
        AddressGuard.ALL,
        local.bindAddress(),
        local.systemResolver(),
        local.allowPrivate(),
        System::nanoTime);
  }

  private Heartbeat.State state() {
    Parts now = parts;
    if (now == null) {
      return Heartbeat.State.leaving(new AgentDescription(identity, settings, clock).get());
    }
    return new Heartbeat.State(
        // Every few seconds: nobody asks for the ticket here.
        now.description().get().withTicket(Optional.empty()),
        now.pause().rests() ? Presence.Status.PAUSED : Presence.Status.ACTIVE,
        now.worker().running(),
        now.store().budget().leftBytes());
  }

  private StatusBoard.Live live() {
    return LiveStatus.of(Optional.ofNullable(parts));
  }

  private BrokerConnection connection(AgentStore store, String name) {
    BrokerConnection connection = new BrokerConnection(broker(name), access);
    long since = System.nanoTime();
    store.budget().meter(connection.metrics()::lineBytes);
    store
        .budget()
        .meter(
            () ->
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since)
                    * KEEP_ALIVE_BYTES_PER_SECOND);
    return connection;
  }

  private BrokerSettings broker(String name) {
    BrokerSettings base =
        BrokerSettings.of(identity.brokerUri(), name)
            .withBackoff(SHORTEST_BACKOFF, LONGEST_BACKOFF)
            .withCloseTimeout(CLOSE_TIMEOUT);
    Optional<BrokerSettings> trusting = settings.authorities().map(base::withCertificates);
    return trusting.orElse(base);
  }

  private static void observe(AgentMetrics metrics, Parts now) {
    metrics.observe(now.store().spool());
    metrics.observe(now.store().budget());
    metrics.observe(now.description());
    metrics.observe(now.pause());
    BrokerConnection connection = now.connection();
    metrics.observe(() -> connection.check().connected(), () -> connection.check().consuming() > 0);
  }
}
