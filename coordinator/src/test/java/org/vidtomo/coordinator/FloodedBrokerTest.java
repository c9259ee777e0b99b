package org.vidtomo.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.TestSystem.Times;
import org.vidtomo.coordinator.alert.Alert;
import org.vidtomo.coordinator.alert.AlertKind;
import org.vidtomo.coordinator.alert.Finding;
import org.vidtomo.coordinator.flood.FloodLimits;
import org.vidtomo.embedded.DataDirectory;
import org.vidtomo.embedded.EmbeddedBroker;
import org.vidtomo.gate.AmqpGate;
import org.vidtomo.gate.GateAdmin;
import org.vidtomo.gate.GatePort;
import org.vidtomo.messaging.DeadLetterQueue;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.Topology;
import org.vidtomo.storage.FlagKind;
import org.vidtomo.storage.Strike;

/** An agent that sends far more than it should, by its own credentials, on both brokers. */
final class FloodedBrokerTest {
  private static final Logger LOG = LoggerFactory.getLogger(FloodedBrokerTest.class);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** 20 s in earnest; {@code -Dvidtomo.flood.hold=20} tries that. */
  private static final Duration HOLD =
      Duration.ofSeconds(Integer.getInteger("vidtomo.flood.hold", 2));

  private static final int BATCH = 50;
  private static final int BATCH_MILLIS = 100;
  private static final int MANY_CONSUMERS = 200;
  private static final int EXPIRING = 500;

  @TempDir private Path directory;
  private final ScheduledExecutorService flood = Executors.newSingleThreadScheduledExecutor();

  @BeforeEach
  void hold() {
    LOG.info("floods are judged over {} s", HOLD.toSeconds());
  }

  @AfterEach
  void stop() {
    flood.shutdownNow();
  }

  @Test
  void onRabbitMq_aFloodEndsWithin60Seconds_andOthersWorkOn() throws Exception {
    try (TestSystem system = new TestSystem(directory)) {
      assertFloodEnds("RabbitMQ", system);
    }
  }

  @Test
  void onTheEmbeddedBroker_aFloodEndsWithin60Seconds_andOthersWorkOn() throws Exception {
    try (DataDirectory data = DataDirectory.open(directory.resolve("data"));
        EmbeddedBroker broker = EmbeddedBroker.start(data);
        AmqpGate gate =
            AmqpGate.open(broker.gateUri(), GatePort.FREE, directory.resolve("agents.json"));
        TestSystem system =
            new TestSystem(
                directory, broker.amqpUri(), new GateAdmin(gate, gate.uri("127.0.0.1")))) {
      assertFloodEnds("embedded broker", system);
    }
  }

  /** RabbitMQ tells of the channels that are there when it is asked. */
  @Test
  void onRabbitMq_aFloodOverChannelsThatLiveForAMoment_endsToo() throws Exception {
    try (TestSystem system = new TestSystem(directory)) {
      system.bearing(new FloodLimits(50, 2_000_000, 512_000_000, 30, HOLD)).start(Times.PATIENT);
      ScriptedAgent bad = system.agent("alpha");
      await().atMost(LIMIT).until(() -> system.coordinator().fleet().allHeard());
      Connection connection = connect(bad.enrolled().brokerUri());
      flood.scheduleAtFixedRate(
          () -> beat(connection, bad.id()), 0, BATCH_MILLIS, TimeUnit.MILLISECONDS);
      await().atMost(LIMIT).until(() -> !connection.isOpen());
      await().atMost(LIMIT).untilAsserted(() -> assertAlerted(system, bad));
    }
  }

  /** No aggregator works: RabbitMQ buries them at once. */
  @Test
  void onRabbitMq_reportsThatExpire_areDropped_andOtherDeadLettersStay() throws Exception {
    try (TestSystem system = new TestSystem(directory)) {
      system.start(Times.PATIENT);
      ScriptedAgent bad = system.agent("alpha");
      bury(system, "refused");
      try (Connection connection = connect(bad.enrolled().brokerUri());
          Channel channel = connection.createChannel()) {
        await()
            .atMost(LIMIT)
            .until(
                () -> {
                  sendExpiring(channel, bad.id());
                  return dead(system) > EXPIRING;
                });
      }
      await().atMost(LIMIT).until(() -> dead(system) == 1);
      List<String> left = new ArrayList<>();
      system
          .aggregator()
          .deadLetters()
          .visit(
              10,
              letter -> {
                left.add(letter.reason());
                return DeadLetterQueue.Decision.KEEP;
              });
      assertThat(left).containsExactly("refused");
    }
  }

  private static void sendExpiring(Channel channel, String agent) throws Exception {
    BasicProperties properties =
        new BasicProperties.Builder().userId(agent).expiration("1").build();
    channel.confirmSelect();
    for (int i = 0; i < EXPIRING; i++) {
      channel.basicPublish(
          Topology.REPORTS, Topology.reportKey(agent, "ok"), properties, new byte[100]);
    }
    channel.waitForConfirmsOrDie(LIMIT.toMillis());
  }

  private static void bury(TestSystem system, String reason) {
    system
        .aggregator()
        .publisher()
        .publishAndWait(
            OutgoingMessage.json(
                "",
                Topology.DEAD,
                new byte[10],
                Map.of(Topology.REASON_HEADER, reason),
                UUID.randomUUID().toString()),
            LIMIT);
  }

  private static long dead(TestSystem system) {
    return system.aggregator().topology().messageCount(Topology.DEAD).orElseThrow();
  }

  /** RabbitMQ before 3.13 has no limit of them, and each takes some of its memory. */
  @Test
  void onRabbitMq_aFloodOfConsumers_endsToo() throws Exception {
    try (TestSystem system = new TestSystem(directory)) {
      system.bearing(new FloodLimits(50, 2_000_000, 512_000_000, 30, HOLD)).start(Times.PATIENT);
      ScriptedAgent bad = system.agent("alpha");
      await().atMost(LIMIT).until(() -> system.coordinator().fleet().allHeard());
      Connection connection = connect(bad.enrolled().brokerUri());
      Channel channel = connection.createChannel();
      for (int i = 0; i < MANY_CONSUMERS; i++) {
        channel.basicConsume(bad.enrolled().queue(), new DefaultConsumer(channel));
      }
      await().atMost(LIMIT).until(() -> !connection.isOpen());
      await().atMost(LIMIT).untilAsserted(() -> assertAlerted(system, bad, "consumers (100"));
    }
  }

  /** What it says is kept of each agent. */
  @Test
  void heartbeatThatIsTooLarge_isRefused_andTheNextIsTaken() throws Exception {
    try (TestSystem system = new TestSystem(directory)) {
      system.start(Times.PATIENT);
      ScriptedAgent agent = system.agent("alpha");
      await().atMost(LIMIT).until(() -> system.coordinator().fleet().allHeard());
      double before = refused(system);
      agent.speaks(
          heartbeat -> {
            for (int i = 0; i < 10_000; i++) {
              heartbeat.withArray("capabilities").add("capability-" + i);
            }
          });
      await().atMost(LIMIT).until(() -> refused(system) > before + 2);
      assertThat(capabilities(system, agent)).containsExactly("assignment-1");
      agent.speaks(heartbeat -> heartbeat.withArray("capabilities").add("another"));
      await().atMost(LIMIT).until(() -> capabilities(system, agent).contains("another"));
    }
  }

  private static double refused(TestSystem system) {
    return system
        .metrics()
        .lines()
        .filter(line -> line.startsWith("vidtomo_coordinator_heartbeats_refused"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static List<String> capabilities(TestSystem system, ScriptedAgent agent) {
    return system.coordinator().fleet().find(agent.id()).orElseThrow().capabilities();
  }

  private static void beat(Connection connection, String agent) {
    BasicProperties properties = new BasicProperties.Builder().userId(agent).build();
    try (Channel channel = connection.createChannel()) {
      for (int i = 0; i < BATCH; i++) {
        channel.basicPublish(Topology.PRESENCE, agent, properties, new byte[100]);
      }
    } catch (Exception e) {
      LOG.debug("The flood has ended", e);
    }
  }

  @Test
  void agentOfWhichMoreIsRefusedThanASpoolHolds_isRevoked_andOthersAreNot() throws Exception {
    try (TestSystem system = new TestSystem(directory)) {
      system.start(Times.PATIENT);
      ScriptedAgent good = system.agent("alpha");
      ScriptedAgent bad = system.agent("alpha");
      note(system, bad, FlagKind.REFUSED_REPORTS);
      note(system, good, FlagKind.CONTRADICTS_ITSELF);
      await().atMost(LIMIT).until(() -> system.coordinator().fleet().find(bad.id()).isEmpty());
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(system.coordinator().alerts().all())
                      .extracting(Alert::finding)
                      .extracting(Finding::kind, Finding::subject)
                      .contains(tuple(AlertKind.AGENT_FLOODING, bad.id())));
      assertThat(system.coordinator().fleet().find(good.id())).isPresent();
    }
  }

  private static void note(TestSystem system, ScriptedAgent agent, FlagKind kind) {
    Strike strike = new Strike(agent.id(), kind, UUID.randomUUID(), Instant.now(), "evidence");
    system.store().standing().note(strike).toCompletableFuture().join();
  }

  private void assertFloodEnds(String broker, TestSystem system) throws Exception {
    system.bearing(new FloodLimits(50, 2_000_000, 512_000_000, 30, HOLD)).start(Times.PATIENT);
    ScriptedAgent good = system.agent("alpha").works();
    ScriptedAgent bad = system.agent("alpha");
    await().atMost(LIMIT).until(() -> system.coordinator().fleet().allHeard());
    URI way = bad.enrolled().brokerUri();
    Connection connection = connect(way);
    Channel channel = connection.createChannel();
    long start = System.nanoTime();
    flood.scheduleAtFixedRate(
        () -> publish(channel, bad.id()), 0, BATCH_MILLIS, TimeUnit.MILLISECONDS);

    await().atMost(LIMIT).until(() -> !connection.isOpen());
    LOG.info(
        "floods: broker={} hold={}s endedAfter={}s",
        broker,
        HOLD.toSeconds(),
        Duration.ofNanos(System.nanoTime() - start).toMillis() / 1_000.0);

    await().atMost(LIMIT).untilAsserted(() -> assertAlerted(system, bad));
    assertThatThrownBy(() -> connect(way)).hasMessageContaining("ACCESS_REFUSED");
    assertThat(system.coordinator().fleet().find(bad.id())).isEmpty();
    assertThat(system.coordinator().fleet().find(good.id())).isPresent();
    assertThat(good.broker().check().connected()).isTrue();
    connect(good.enrolled().brokerUri()).close();
  }

  private static void assertAlerted(TestSystem system, ScriptedAgent bad) {
    assertAlerted(system, bad, "messages/s (50 allowed)");
  }

  private static void assertAlerted(TestSystem system, ScriptedAgent bad, String why) {
    List<Finding> found = system.coordinator().alerts().all().stream().map(Alert::finding).toList();
    assertThat(found)
        .filteredOn(finding -> finding.kind() == AlertKind.AGENT_FLOODING)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.subject()).isEqualTo(bad.id());
              assertThat(finding.detail()).contains(why);
            });
  }

  private static void publish(Channel channel, String agent) {
    BasicProperties properties = new BasicProperties.Builder().userId(agent).build();
    try {
      for (int i = 0; i < BATCH; i++) {
        channel.basicPublish(
            Topology.REPORTS, Topology.reportKey(agent, "ok"), properties, new byte[100]);
      }
    } catch (Exception e) {
      LOG.debug("The flood has ended", e);
    }
  }

  private static Connection connect(URI uri) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(uri);
    factory.setAutomaticRecoveryEnabled(false);
    return factory.newConnection("agent");
  }
}
