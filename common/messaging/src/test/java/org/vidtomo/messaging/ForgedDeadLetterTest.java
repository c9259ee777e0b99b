package org.vidtomo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.vidtomo.messaging.Rig.SOON;
import static org.vidtomo.messaging.Rig.bytes;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vidtomo.messaging.DeadLetterQueue.Decision;
import org.vidtomo.messaging.admin.RabbitMqAdmin;
import org.vidtomo.testkit.RabbitMq;

/**
 * Reports that an agent has a real RabbitMQ bury, with headers that say that they came from
 * elsewhere: who replays them must not put them there.
 */
@Timeout(120)
class ForgedDeadLetterTest {
  private static final String FORGED = Topology.OUTCOMES_COORDINATOR;

  private final String agent = "a-" + UUID.randomUUID();
  private final URI broker = RabbitMq.shared().newVirtualHost();
  private final RabbitMqAdmin admin =
      new RabbitMqAdmin(RabbitMq.shared().managementUri(), broker, Optional.empty());
  private final List<DeadLetter> seen = new ArrayList<>();
  private BrokerConnection system;
  private URI way;

  @BeforeEach
  void open() {
    system = new BrokerConnection(BrokerSettings.of(broker, "system"));
    system.start();
    system.topology().declareShared();
    way = admin.provision(agent, Topology.newAgentQueue());
  }

  @AfterEach
  void close() {
    admin.remove(agent);
    system.close();
  }

  @Test
  void reportThatExpires_isReplayedToWhereTheBrokerTookItFrom() throws Exception {
    send(forged().expiration("1").headers(headers()).build());
    replay("expired");
    assertThat(seen.get(0).expiredReport()).isTrue();
    await().atMost(SOON).until(() -> depth(Topology.REPORTS_INGEST) == 1);
  }

  @Test
  void reportThatIsTooLargeToCopy_goesNowhereElse() throws Exception {
    Map<String, Object> many = headers();
    for (int i = 0; i < 80; i++) {
      many.put("x-" + i, "y".repeat(1_000));
    }
    Subscription refusing =
        system.subscribe(Topology.REPORTS_INGEST, 1, report -> report.poison("refused"));
    send(forged().headers(many).build());
    await().atMost(SOON).until(() -> depth(Topology.DEAD) == 1);
    refusing.close();
    replay("rejected");
    assertThat(seen.get(0).expiredReport()).isFalse();
    assertThat(depth(Topology.DEAD)).as("too large to replay, too").isEqualTo(1);
  }

  private BasicProperties.Builder forged() {
    return new BasicProperties.Builder().userId(agent).messageId("m").deliveryMode(2);
  }

  private static Map<String, Object> headers() {
    Map<String, Object> death = new HashMap<>();
    death.put("queue", FORGED);
    death.put("routing-keys", List.of(FORGED));
    death.put("reason", "forged");
    death.put("count", 1L);
    Map<String, Object> headers = new HashMap<>();
    headers.put(Topology.ORIGIN_HEADER, FORGED + " " + FORGED);
    headers.put(Topology.REASON_HEADER, "forged");
    headers.put("x-death", List.of(death));
    return headers;
  }

  private void send(BasicProperties properties) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(way);
    try (Connection connection = factory.newConnection("agent");
        Channel channel = connection.createChannel()) {
      channel.confirmSelect();
      channel.basicPublish(
          Topology.REPORTS, Topology.reportKey(agent, "ok"), true, properties, bytes("forged"));
      channel.waitForConfirmsOrDie(SOON.toMillis());
    }
  }

  private void replay(String why) {
    await().atMost(SOON).until(() -> depth(Topology.DEAD) == 1);
    system
        .deadLetters()
        .visit(
            10,
            letter -> {
              seen.add(letter);
              return Decision.REPLAY;
            });
    assertThat(depth(FORGED)).as("what was put where the agent wanted it").isZero();
    assertThat(seen)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.origin())
                  .contains(
                      new DeadLetter.Origin(
                          Topology.REPORTS_INGEST, Topology.reportKey(agent, "ok")));
              assertThat(letter.reason()).contains(why);
            });
  }

  private long depth(String queue) {
    return system.topology().messageCount(queue).orElseThrow();
  }
}
