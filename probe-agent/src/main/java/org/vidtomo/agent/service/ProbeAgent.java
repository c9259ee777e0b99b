package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.agent.enrol.BrokerAccess;
import org.vidtomo.agent.policy.AgentPolicy;
import org.vidtomo.agent.policy.LineTraffic;
import org.vidtomo.agent.run.Instrument;
import org.vidtomo.agent.status.StatusBoard;
import org.vidtomo.messaging.BrokerConnection;
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
  private final AgentSettings settings;
  private final AgentIdentity identity;
  private final BrokerAccess access;
  private final AgentNetwork network;
  private final InstrumentFactory instruments;
  private final MeterRegistry registry;
  private final Clock clock;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private volatile AgentParts parts;

  private ProbeAgent(
      AgentSettings settings,
      AgentIdentity identity,
      InstrumentFactory instruments,
      MeterRegistry registry,
      Clock clock) {
    this.settings = requireNonNull(settings, "settings");
    this.identity = requireNonNull(identity, "identity");
    this.access = new BrokerAccess(identity, settings.directory(), settings.authorities(), clock);
    this.network = new AgentNetwork(settings.local());
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
    AgentPolicy policy = settings.policy();
    AgentStore store = AgentStore.open(settings, policy, clock);
    started.push(store::close);
    StatusBoard board =
        StatusBoard.open(settings.directory().status(), identity.agentId(), this::live, clock);
    // Said once more when all else has ended.
    started.push(board::refresh);
    AgentDescription description = new AgentDescription(identity, settings, clock);
    Instrument instrument = instrument(policy, store, description);
    AgentBroker broker = new AgentBroker(identity, access, settings.authorities(), store.budget());
    BrokerConnection connection = broker.connection("agent-" + identity.agentId());
    started.push(connection);
    connection.start();
    ReportSender sender = sender(store, connection);
    AgentMetrics metrics = new AgentMetrics(registry, identity.agentId());
    PauseSwitch pause =
        new PauseSwitch(
            settings.directory().paused(), policy.quietHours(), clock, ZoneId.systemDefault());
    AgentWatch watch = new AgentWatch(pause, board, store.budget(), clock);
    TaskWorker worker = worker(policy, instrument, description, sender, metrics, store.line());
    Heartbeat heartbeat = heartbeat(broker);
    // While the measurement ends, the coordinator hears that no one need wait for this agent.
    started.push(() -> SideBySide.close(heartbeat, worker));
    parts = new AgentParts(store, description, connection, sender, worker, pause, watch);
    begin(parts, heartbeat);
    watchNetwork(parts);
    parts.showIn(metrics);
    LOG.info(
        "agent started agent={} directory={}", identity.agentId(), settings.directory().path());
  }

  @Override
  public Health check() {
    AgentParts now = parts;
    return now == null ? Health.down("not started") : now.health();
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

  private Instrument instrument(
      AgentPolicy policy, AgentStore store, AgentDescription description) {
    Instrument instrument =
        instruments.create(
            new InstrumentFactory.Bounds(
                settings.local(),
                network.guard(policy, store.line()),
                policy.urlGuard(),
                store.budget(),
                description));
    if (instrument instanceof AutoCloseable closeable) {
      started.push(closeable);
    }
    return instrument;
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
      AgentMetrics metrics,
      LineMemory line)
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
        new ReportPacker(identity.agentId(), identity.key(), line::publicAddresses, clock),
        sender,
        metrics,
        settings.drain());
  }

  private Heartbeat heartbeat(AgentBroker broker) {
    return new Heartbeat(
        broker.connection("presence-" + identity.agentId()),
        identity.key(),
        this::state,
        settings.heartbeat(),
        AgentCapabilities.here(),
        clock);
  }

  private void begin(AgentParts now, Heartbeat heartbeat) {
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

  private void watchNetwork(AgentParts now) {
    Consumer<NetworkView> seen = now.store().line()::seen;
    Consumer<NetworkView> timed =
        view ->
            view.clockOffsetMicros()
                .ifPresent(
                    offset ->
                        now.store()
                            .budget()
                            .heard(clock.instant().minus(offset, ChronoUnit.MICROS)));
    NetworkWatch watch =
        new NetworkWatch(
            identity,
            settings.authorities(),
            network.networks(),
            now::surroundings,
            seen.andThen(timed).andThen(now.description()::seen),
            clock);
    started.push(watch);
    watch.start();
  }

  private Heartbeat.State state() {
    AgentParts now = parts;
    return now == null
        ? Heartbeat.State.leaving(new AgentDescription(identity, settings, clock).get())
        : now.state();
  }

  private StatusBoard.Live live() {
    return LiveStatus.of(Optional.ofNullable(parts));
  }
}
