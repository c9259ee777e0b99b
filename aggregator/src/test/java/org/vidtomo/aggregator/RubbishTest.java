package org.vidtomo.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vidtomo.messaging.Topology;
import org.vidtomo.messaging.admin.RabbitMqAdmin;
import org.vidtomo.storage.FlagKind;
import org.vidtomo.storage.Strike;
import org.vidtomo.testkit.RabbitMq;

/** An agent that sends what is refused, by its own user of a real RabbitMQ. */
class RubbishTest {
  private static final int SENT = 60;
  private static final int BYTES = 32 << 10;

  @Test
  void onlySoMuchOfOneSender_isKept_andItIsNoted_andOthersReportOn() throws Exception {
    RabbitMqAdmin admin;
    try (AggregatorRig rig = new AggregatorRig();
        AggregatorRig.Running running = rig.start()) {
      admin = new RabbitMqAdmin(RabbitMq.shared().managementUri(), rig.broker(), Optional.empty());
      try {
        sendRubbish(admin.provision(rig.other, Topology.newAgentQueue()), rig.other);
        rig.sendReports(5);
        await().atMost(AggregatorRig.PATIENCE).until(() -> rig.told() == 5);
      } finally {
        admin.remove(rig.other);
      }
      // The rig keeps a mebibyte; each costs one KiB beside its body.
      int kept = (1 << 20) / (BYTES + 1_024);
      await()
          .atMost(AggregatorRig.PATIENCE)
          .until(() -> running.count("vidtomo.reports.dead") == SENT);
      assertThat(running.count("vidtomo.reports.forgotten")).isEqualTo(SENT - kept);
      await().atMost(AggregatorRig.PATIENCE).until(() -> rig.dead.size() == kept);
      await()
          .atMost(AggregatorRig.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(rig.store.standing().strikes())
                      .filteredOn(strike -> strike.agentId().equals(rig.other))
                      .extracting(Strike::kind)
                      .containsExactly(FlagKind.REFUSED_REPORTS));
    }
  }

  private static void sendRubbish(URI as, String agent) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(as);
    try (Connection connection = factory.newConnection("agent");
        Channel channel = connection.createChannel()) {
      channel.confirmSelect();
      for (int i = 0; i < SENT; i++) {
        channel.basicPublish(
            Topology.REPORTS,
            Topology.reportKey(agent, "ok"),
            new BasicProperties.Builder().userId(agent).build(),
            new byte[BYTES]);
      }
      channel.waitForConfirmsOrDie(AggregatorRig.PATIENCE.toMillis());
    }
  }
}
