package org.vidtomo.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.net.URI;
import java.util.HashMap;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.aggregator.ReportFixtures.Message;
import org.vidtomo.core.report.Report;
import org.vidtomo.messaging.Topology;
import org.vidtomo.messaging.admin.RabbitMqAdmin;
import org.vidtomo.storage.Measurement;
import org.vidtomo.testkit.RabbitMq;

/** Reports by users of a real RabbitMQ: only the agent itself may send what it has signed. */
class SentByAnotherTest {
  private AggregatorRig rig;
  private AggregatorRig.Running running;
  private RabbitMqAdmin admin;

  @BeforeEach
  void start() throws Exception {
    rig = new AggregatorRig();
    running = rig.start();
    admin = new RabbitMqAdmin(RabbitMq.shared().managementUri(), rig.broker(), Optional.empty());
  }

  @AfterEach
  void stop() {
    admin.remove(rig.agent);
    admin.remove(rig.other);
    running.close();
    rig.close();
  }

  @Test
  void
      report_without_user_id_or_by_another_agents_user_is_a_dead_letter_and_the_agents_own_is_taken()
          throws Exception {
    Report report = rig.report(UUID.randomUUID(), 1);
    Message message = ReportFixtures.signed(report, rig.agentKey);

    publish(admin.provision(rig.other, Topology.newAgentQueue()), rig.other, message);
    URI own = admin.provision(rig.agent, Topology.newAgentQueue());
    publish(own, null, message);

    await().atMost(AggregatorRig.PATIENCE).until(() -> rig.dead.size() == 2);
    assertThat(rig.dead)
        .anySatisfy(reason -> assertThat(reason).contains("sent by user " + rig.other))
        .anySatisfy(reason -> assertThat(reason).contains("without user-id"));
    assertThat(rig.counted()).isEmpty();

    publish(own, rig.agent, message);

    await().atMost(AggregatorRig.PATIENCE).until(() -> rig.outcomes.size() == 1);
    assertThat(rig.counted()).extracting(Measurement::reportId).containsExactly(report.reportId());
    assertThat(rig.dead).hasSize(2);
  }

  /** As this user of the broker, under its own key. */
  private static void publish(URI as, String userId, Message message) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(as);
    try (Connection connection = factory.newConnection("agent");
        Channel channel = connection.createChannel()) {
      channel.confirmSelect();
      channel.basicPublish(
          Topology.REPORTS,
          Topology.reportKey(as.getUserInfo().split(":", 2)[0], "ok"),
          true,
          new BasicProperties.Builder()
              .headers(new HashMap<>(message.headers()))
              .userId(userId)
              .messageId(UUID.randomUUID().toString())
              .build(),
          message.body());
      channel.waitForConfirmsOrDie(AggregatorRig.PATIENCE.toMillis());
    }
  }
}
