package org.vidtomo.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.vidtomo.aggregator.ReportFixtures.SLOT;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.aggregator.ReportFixtures.Message;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.TaskOutcome;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.Topology;
import org.vidtomo.runtime.Health;
import org.vidtomo.storage.CoordinatorKey;
import org.vidtomo.storage.EnrolledAgent;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.ReportReader;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;
import org.vidtomo.testkit.Cassandra;
import org.vidtomo.testkit.RabbitMq;

/** An aggregator on a real RabbitMQ and a real Cassandra. */
class AggregatorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SigningKey coordinator = SigningKey.generate();
  private final SigningKey agentKey = SigningKey.generate();
  private final SigningKey otherKey = SigningKey.generate();
  private final String agent = "agent-" + UUID.randomUUID();
  private final String other = "agent-" + UUID.randomUUID();
  private final UUID campaign = UUID.randomUUID();
  private final Queue<TaskOutcome> outcomes = new ConcurrentLinkedQueue<>();
  private final Queue<String> dead = new ConcurrentLinkedQueue<>();

  private Store store;
  private URI broker;
  private BrokerConnection peer;
  private BrokerConnection own;
  private Aggregator aggregator;

  @BeforeEach
  void start() throws Exception {
    Cassandra cassandra = Cassandra.shared();
    store =
        Store.open(
            StoreSettings.of(List.of(cassandra.contactPoint()), cassandra.localDatacenter()));
    broker = RabbitMq.shared().newVirtualHost();
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
    startAggregator();
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

  private void startAggregator() throws InterruptedException {
    own = new BrokerConnection(BrokerSettings.of(broker, "aggregator"));
    own.start();
    aggregator =
        new Aggregator(
            new AggregatorSettings(InetSocketAddress.createUnresolved("127.0.0.1", 0), 50),
            () -> store,
            own,
            new SimpleMeterRegistry(),
            Clock.systemUTC());
    aggregator.start();
  }

  @AfterEach
  void stop() {
    aggregator.close();
    own.close();
    peer.close();
    store.close();
  }

  @Test
  void report_is_stored_to_the_byte_and_its_outcome_told() throws Exception {
    Report report = report(UUID.randomUUID(), 1);
    Message message = ReportFixtures.signed(report, agentKey);
    send(message);
    await().atMost(PATIENCE).until(() -> outcomes.size() == 1);
    TaskOutcome outcome = outcomes.element();
    assertThat(outcome.reportId()).isEqualTo(report.reportId());
    assertThat(outcome.provider()).contains("Fibrelink");
    assertThat(outcome.related()).isEqualTo(report.related());
    assertThat(outcome.startupDelayMicros()).hasValue(1_000_000);
    assertThat(store.reportReader().find(report.reportId()).orElseThrow().body())
        .isEqualTo(message.body());
    assertThat(counted()).extracting(Measurement::reportId).containsExactly(report.reportId());
    assertThat(aggregator.check().status()).isEqualTo(Health.Status.OK);
  }

  @Test
  void report_that_comes_often_is_one_row_and_the_lowest_attempt_counts() throws Exception {
    UUID task = UUID.randomUUID();
    Report second = report(task, 2);
    Report first = report(task, 1);
    for (int i = 0; i < 3; i++) {
      send(ReportFixtures.signed(second, agentKey));
      send(ReportFixtures.signed(first, agentKey));
    }
    await().atMost(PATIENCE).until(() -> outcomes.size() == 6);
    assertThat(counted()).extracting(Measurement::reportId).containsExactly(first.reportId());
    assertThat(store.reportReader().ofTask(task))
        .extracting(ReportReader.TaskReport::reportId)
        .containsExactly(first.reportId(), second.reportId());
  }

  @Test
  void what_cannot_be_trusted_is_a_dead_letter_with_its_reason_and_stops_nothing()
      throws Exception {
    Report good = report(UUID.randomUUID(), 1);
    byte[] body = ReportFixtures.gzip(Wire.toBytes(good));
    send(new Message(body, Map.of("x-encoding", "gzip")));
    send(ReportFixtures.signed(good, SigningKey.generate()));
    send(ReportFixtures.signed(good, otherKey));
    send(ReportFixtures.signed(ofAnothersAssignment(), otherKey));
    send(ReportFixtures.signed(withChangedAttempt(), agentKey));
    send(ReportFixtures.signed(withForgedAssignment(), agentKey));
    send(ReportFixtures.signed(ReportFixtures.gzip("{".getBytes()), agentKey));
    send(ReportFixtures.signed("not gzip".getBytes(), agentKey));
    send(ReportFixtures.signed(ReportFixtures.gzip(new byte[8 << 20]), agentKey));
    send(ReportFixtures.signed(new byte[40_000], agentKey));
    byte[] changed = body.clone();
    changed[changed.length / 2] ^= 1;
    send(new Message(changed, ReportFixtures.signed(good, agentKey).headers()));
    send(ReportFixtures.signed(good, agentKey));
    await().atMost(PATIENCE).until(() -> outcomes.size() == 1 && dead.size() == 11);
    assertThat(dead)
        .anySatisfy(r -> assertThat(r).contains("not signed"))
        .anySatisfy(r -> assertThat(r).contains("no enrolled agent has"))
        .anySatisfy(r -> assertThat(r).contains("but says it is of agent"))
        .anySatisfy(r -> assertThat(r).contains("its assignment is agent"))
        .anySatisfy(r -> assertThat(r).contains("differs from what the coordinator signed"))
        .anySatisfy(r -> assertThat(r).contains("no coordinator has"))
        .anySatisfy(r -> assertThat(r).contains("not a valid Report"))
        .anySatisfy(r -> assertThat(r).contains("not whole gzip"))
        .anySatisfy(r -> assertThat(r).contains("bytes of JSON"))
        .anySatisfy(r -> assertThat(r).contains("over the 32768 allowed"))
        .anySatisfy(r -> assertThat(r).contains("does not fit the message"));
    assertThat(counted()).hasSize(1);
  }

  @Test
  void report_of_a_revoked_agent_is_refused() throws Exception {
    store.agents().revoke(agent, SLOT);
    send(ReportFixtures.signed(report(UUID.randomUUID(), 1), agentKey));
    await().atMost(PATIENCE).until(() -> dead.size() == 1);
    assertThat(dead.element()).contains("revoked");
  }

  @Test
  void aggregator_that_goes_away_in_the_middle_loses_and_doubles_nothing() throws Exception {
    List<UUID> sent = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Report report = report(UUID.randomUUID(), 1);
      sent.add(report.reportId());
      send(ReportFixtures.signed(report, agentKey));
      if (i == 100 || i == 200) {
        // The connection goes first, so that what is in flight is never acked.
        own.close();
        aggregator.close();
        startAggregator();
      }
    }
    await()
        .atMost(PATIENCE)
        .until(() -> outcomes.stream().map(TaskOutcome::reportId).distinct().count() == 300);
    assertThat(counted())
        .extracting(Measurement::reportId)
        .containsExactlyInAnyOrderElementsOf(sent);
    assertThat(dead).isEmpty();
  }

  private List<Measurement> counted() {
    List<Measurement> counted = new ArrayList<>();
    store.measurements().ofCampaign(campaign, 0, counted::add);
    return counted;
  }

  private Report report(UUID task, int attempt) {
    Assignment assignment = ReportFixtures.assignment(campaign, task, attempt, agent);
    return ReportFixtures.report(assignment, ReportFixtures.token(assignment, coordinator), agent);
  }

  private Report ofAnothersAssignment() {
    Assignment assignment = ReportFixtures.assignment(campaign, UUID.randomUUID(), 1, agent);
    return ReportFixtures.report(assignment, ReportFixtures.token(assignment, coordinator), other);
  }

  private Report withChangedAttempt() {
    UUID task = UUID.randomUUID();
    Assignment signed = ReportFixtures.assignment(campaign, task, 2, agent);
    return ReportFixtures.report(
        ReportFixtures.assignment(campaign, task, 1, agent),
        ReportFixtures.token(signed, coordinator),
        agent);
  }

  private Report withForgedAssignment() {
    Assignment assignment = ReportFixtures.assignment(campaign, UUID.randomUUID(), 1, agent);
    return ReportFixtures.report(assignment, ReportFixtures.token(assignment, agentKey), agent);
  }

  private void send(Message message) throws Exception {
    peer.publisher()
        .publishAndWait(
            OutgoingMessage.json(
                Topology.REPORTS,
                Topology.reportKey(agent, "ok"),
                message.body(),
                message.headers(),
                UUID.randomUUID().toString()),
            PATIENCE);
  }
}
