package org.vidtomo.aggregator;

import static org.vidtomo.aggregator.ReportFixtures.SLOT;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.vidtomo.aggregator.ReportFixtures.Message;
import org.vidtomo.core.network.KeptAddresses;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.TaskOutcome;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.Topology;
import org.vidtomo.storage.CoordinatorKey;
import org.vidtomo.storage.EnrolledAgent;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.Room;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;
import org.vidtomo.testkit.Cassandra;
import org.vidtomo.testkit.RabbitMq;

/** What aggregators work on: two enrolled agents, their reports, and who hears the outcomes. */
public final class AggregatorRig implements AutoCloseable {
  public static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofMinutes(3);

  final SigningKey coordinator = SigningKey.generate();
  public final SigningKey agentKey = SigningKey.generate();
  final SigningKey otherKey = SigningKey.generate();
  final String agent = "agent-" + UUID.randomUUID();
  final String other = "agent-" + UUID.randomUUID();
  final UUID campaign = UUID.randomUUID();
  final Queue<TaskOutcome> outcomes = new ConcurrentLinkedQueue<>();
  public final Queue<String> dead = new ConcurrentLinkedQueue<>();
  public final Store store;
  final BrokerConnection peer;
  private final URI broker;

  /** An aggregator, its connection and its numbers. */
  record Running(Aggregator aggregator, BrokerConnection own, MeterRegistry registry)
      implements AutoCloseable {
    double count(String name) {
      return registry.get(name).counter().count();
    }

    /** The connection goes first, so that what is in flight is never acked. */
    void crash() {
      own.close();
      aggregator.close();
    }

    @Override
    public void close() {
      aggregator.close();
      own.close();
    }
  }

  /** On the shared Cassandra. */
  public AggregatorRig() throws Exception {
    this(Room.AMPLE);
  }

  /** On the shared Cassandra, as if that were on this disk. */
  AggregatorRig(Room room) throws Exception {
    this(
        StoreSettings.of(
            List.of(Cassandra.shared().contactPoint()), Cassandra.shared().localDatacenter()),
        room,
        RabbitMq.shared().newVirtualHost());
  }

  AggregatorRig(StoreSettings settings) throws Exception {
    this(settings, Room.AMPLE, RabbitMq.shared().newVirtualHost());
  }

  AggregatorRig(StoreSettings settings, Room room, URI broker) throws Exception {
    this.broker = broker;
    store = Store.open(settings, room);
    store
        .keys()
        .put(
            new CoordinatorKey(
                coordinator.publicKey().id(), coordinator.publicKey().encoded(), "certificate"));
    enrol(agent, agentKey);
    enrol(other, otherKey);
    peer = new BrokerConnection(BrokerSettings.of(broker, "peer"));
    peer.start();
    peer.awaitConnected(PATIENCE);
    peer.topology().declareShared();
    peer.subscribe(
        Topology.OUTCOMES_COORDINATOR,
        100,
        delivery -> {
          outcomes.add(Wire.read(delivery.body(), TaskOutcome.class));
          delivery.ack();
        });
    peer.subscribe(
        Topology.DEAD,
        100,
        delivery -> {
          dead.add(delivery.headers().get(Topology.REASON_HEADER));
          delivery.ack();
        });
  }

  private void enrol(String id, SigningKey key) {
    store
        .agents()
        .insert(
            new EnrolledAgent(
                id,
                key.publicKey().id(),
                key.publicKey().encoded(),
                "queue",
                Optional.of("Fibrelink"),
                SLOT,
                Optional.empty()));
  }

  /** Where the broker is, with the installation's own user. */
  URI broker() {
    return broker;
  }

  /**
   * A connection of this name, to be closed by whoever asks for it.
   *
   * @param closing how long it waits then for what is in flight
   */
  public BrokerConnection connect(String name, Duration closing) {
    BrokerConnection connection =
        new BrokerConnection(BrokerSettings.of(broker, name).withCloseTimeout(closing));
    connection.start();
    return connection;
  }

  Running start() throws InterruptedException {
    return start(KeptAddresses.WHOLE);
  }

  Running start(KeptAddresses kept) throws InterruptedException {
    BrokerConnection own = connect("aggregator", Duration.ofSeconds(5));
    MeterRegistry registry = new SimpleMeterRegistry();
    Aggregator aggregator =
        new Aggregator(
            new AggregatorSettings(
                InetSocketAddress.createUnresolved("127.0.0.1", 0),
                50,
                2,
                1 << 20,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                kept),
            () -> store,
            own,
            registry,
            Clock.systemUTC());
    aggregator.start();
    return new Running(aggregator, own, registry);
  }

  /** The measurements that count. */
  public List<Measurement> counted() {
    List<Measurement> counted = new ArrayList<>();
    store.measurements().ofCampaign(campaign, 0, counted::add);
    return counted;
  }

  public Report report(UUID task, int attempt) {
    Assignment assignment = ReportFixtures.assignment(campaign, task, attempt, agent);
    return ReportFixtures.report(assignment, ReportFixtures.token(assignment, coordinator), agent);
  }

  public void send(Message message) {
    send(message, UUID.randomUUID().toString()).join();
  }

  /** Sends it under this id; done when the broker has it. */
  CompletableFuture<Void> send(Message message, String id) {
    return peer.publisher()
        .publish(
            OutgoingMessage.json(
                Topology.REPORTS,
                Topology.reportKey(agent, "ok"),
                message.body(),
                message.headers(),
                id),
            LONG);
  }

  /** Sends so many reports of tasks of their own; their ids. */
  public List<UUID> sendReports(int count) {
    List<UUID> sent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Report report = report(UUID.randomUUID(), 1);
      sent.add(report.reportId());
      send(ReportFixtures.signed(report, agentKey));
    }
    return sent;
  }

  /** How many different reports have their outcome told. */
  public long told() {
    return outcomes.stream().map(TaskOutcome::reportId).distinct().count();
  }

  @Override
  public void close() {
    peer.close();
    store.close();
  }
}
