package org.vidtomo.messaging.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.Delivery;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.Senders;
import org.vidtomo.messaging.Topology;

/** An installation's broker with two agents: one attacks, the other must not notice. */
public final class Grounds implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(20);
  private static final int TASKS = 3;

  final URI own;
  final Senders senders;
  final String attacker = "a-" + UUID.randomUUID();
  final String victim = "a-" + UUID.randomUUID();
  final String attackersQueue = Topology.newAgentQueue();
  final String victimsQueue = Topology.newAgentQueue();
  final URI attackersWay;
  final BrokerAdmin admin;
  private final URI victimsWay;
  private final BrokerConnection system;
  private final Connection ownConnection;
  private final Connection victimsConnection;
  private final Queue<Delivery> heartbeats = new ConcurrentLinkedQueue<>();
  private String waiting = "";

  /** Who is on the broker, by a user that may do everything. */
  public Grounds(URI own, BrokerAdmin admin) throws Exception {
    this.own = own;
    this.admin = admin;
    system = new BrokerConnection(BrokerSettings.of(own, "system"));
    system.start();
    system.topology().declareShared();
    system.topology().declareAgentQueue(attackersQueue);
    system.topology().declareAgentQueue(victimsQueue);
    senders = new Senders(Set.of(system.user()));
    attackersWay = admin.provision(attacker, attackersQueue);
    victimsWay = admin.provision(victim, victimsQueue);
    system
        .topology()
        .subscribePresence(
            100,
            heartbeat -> {
              heartbeats.add(heartbeat);
              heartbeat.ack();
            });
    for (int i = 0; i < TASKS; i++) {
      giveTask(victimsQueue);
    }
    ownConnection = connect(own);
    victimsConnection = connect(victimsWay);
    try (Channel channel = victimsConnection.createChannel()) {
      await()
          .atMost(SOON)
          .until(
              () -> {
                beat(channel, victim, victim);
                return !heartbeats.isEmpty();
              });
    }
  }

  void giveTask(String queue) {
    system
        .publisher()
        .publishAndWait(
            OutgoingMessage.json(
                Topology.TASKS, queue, bytes("task"), Map.of(), UUID.randomUUID().toString()),
            SOON);
  }

  /** A report of the victim's waits for an aggregator. */
  void beforeAttack() throws Exception {
    waiting = "report-" + UUID.randomUUID();
    heartbeats.clear();
    report(victimsConnection, waiting);
  }

  /** Its tasks, reports, heartbeats, connection and login are as they were. */
  void assertVictimUntouched() throws Exception {
    assertThat(victimsConnection.isOpen()).as("the victim's connection").isTrue();
    assertThat(system.topology().messageCount(victimsQueue)).as("its tasks").hasValue(TASKS);
    String later = "report-" + UUID.randomUUID();
    try (Connection again = connect(victimsWay)) {
      report(again, later);
      try (Channel channel = again.createChannel()) {
        int before = victimsHeartbeats().size();
        beat(channel, victim, victim);
        await().atMost(SOON).until(() -> victimsHeartbeats().size() == before + 1);
      }
    }
    assertThat(believed(drain(Topology.REPORTS_INGEST)))
        .as("what an aggregator takes for the victim's")
        .containsExactly(waiting, later);
    assertThat(victimsHeartbeats()).as("what is taken for its heartbeats").hasSize(1);
    assertThat(drain(Topology.OUTCOMES_COORDINATOR)).as("outcomes that nobody told").isEmpty();
    drain(Topology.DEAD);
    system.topology().purgeAgentQueue(attackersQueue);
  }

  private List<Delivery> victimsHeartbeats() {
    return heartbeats.stream()
        .filter(beat -> senders.objection(beat.userId(), victim).isEmpty())
        .toList();
  }

  private List<String> believed(List<GetResponse> reports) {
    return reports.stream()
        .filter(
            report ->
                senders
                    .objection(Optional.ofNullable(report.getProps().getUserId()), victim)
                    .isEmpty())
        .map(report -> new String(report.getBody(), UTF_8))
        .toList();
  }

  private List<GetResponse> drain(String queue) throws Exception {
    List<GetResponse> all = new ArrayList<>();
    try (Channel channel = ownConnection.createChannel()) {
      for (GetResponse next = channel.basicGet(queue, true);
          next != null;
          next = channel.basicGet(queue, true)) {
        all.add(next);
      }
    }
    return all;
  }

  private void report(Connection by, String text) throws Exception {
    try (Channel channel = by.createChannel()) {
      channel.confirmSelect();
      channel.basicPublish(
          Topology.REPORTS, Topology.reportKey(victim, "ok"), true, as(victim), bytes(text));
      channel.waitForConfirmsOrDie(SOON.toMillis());
    }
  }

  static void beat(Channel channel, String key, String user) throws Exception {
    channel.basicPublish(Topology.PRESENCE, key, as(user), bytes("beat"));
  }

  static BasicProperties as(String user) {
    return new BasicProperties.Builder().userId(user).deliveryMode(2).build();
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static Connection connect(URI uri) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(uri);
    factory.setAutomaticRecoveryEnabled(false);
    factory.setConnectionTimeout(5_000);
    return factory.newConnection("agent");
  }

  @Override
  public void close() {
    victimsConnection.abort();
    ownConnection.abort();
    system.close();
  }
}
