package org.vidtomo.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vidtomo.aggregator.ReportFixtures.Message;
import org.vidtomo.core.report.Report;
import org.vidtomo.messaging.Topology;
import org.vidtomo.messaging.admin.RabbitMqAdmin;
import org.vidtomo.storage.FlagKind;
import org.vidtomo.storage.Strike;
import org.vidtomo.testkit.RabbitMq;

/** An agent that sends what is refused or stored already, by its own user of a real RabbitMQ. */
class RubbishTest {
  private static final int SENT = 60;
  private static final int BYTES = 32 << 10;

  /** At a KiB beside its body each, more than the mebibyte that the rig takes in vain. */
  private static final int AGAIN = 1_100;

  @Test
  void onlySoMuchOfOneSender_isKept_andItIsNoted_andOthersReportOn() throws Exception {
    RabbitMqAdmin admin;
    try (AggregatorRig rig = new AggregatorRig();
        AggregatorRig.Running running = rig.start()) {
      admin = new RabbitMqAdmin(RabbitMq.shared().managementUri(), rig.broker(), Optional.empty());
      try {
        URI way = admin.provision(rig.other, Topology.newAgentQueue());
        send(way, rig.other, SENT, new Message(new byte[BYTES], Map.of()));
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

  /** It is stored each time, and others wait for that. */
  @Test
  void reportThatComesAgainAndAgain_isNoted_andOneThatComesTwiceIsNot() throws Exception {
    try (AggregatorRig rig = new AggregatorRig();
        AggregatorRig.Running running = rig.start()) {
      RabbitMqAdmin admin =
          new RabbitMqAdmin(RabbitMq.shared().managementUri(), rig.broker(), Optional.empty());
      try {
        URI way = admin.provision(rig.agent, Topology.newAgentQueue());
        for (int i = 0; i < 10; i++) {
          Report report = rig.report(UUID.randomUUID(), 1);
          send(way, rig.agent, 2, ReportFixtures.signed(report, rig.agentKey));
        }
        await().atMost(AggregatorRig.PATIENCE).until(() -> stored(running) == 20);
        assertThat(strikes(rig)).isEmpty();

        Report report = rig.report(UUID.randomUUID(), 1);
        send(way, rig.agent, AGAIN, ReportFixtures.signed(report, rig.agentKey));

        await().atMost(AggregatorRig.PATIENCE).until(() -> stored(running) == 20 + AGAIN);
        await()
            .atMost(AggregatorRig.PATIENCE)
            .untilAsserted(
                () -> assertThat(strikes(rig)).containsExactly(FlagKind.REFUSED_REPORTS));
      } finally {
        admin.remove(rig.agent);
      }
    }
  }

  private static double stored(AggregatorRig.Running running) {
    return running.count("vidtomo.reports.stored");
  }

  private static List<FlagKind> strikes(AggregatorRig rig) {
    return rig.store.standing().strikes().stream()
        .filter(strike -> strike.agentId().equals(rig.agent))
        .map(Strike::kind)
        .toList();
  }

  private static void send(URI as, String agent, int times, Message message) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(as);
    try (Connection connection = factory.newConnection("agent");
        Channel channel = connection.createChannel()) {
      channel.confirmSelect();
      for (int i = 0; i < times; i++) {
        channel.basicPublish(
            Topology.REPORTS,
            Topology.reportKey(agent, "ok"),
            new BasicProperties.Builder()
                .headers(new HashMap<>(message.headers()))
                .userId(agent)
                .build(),
            message.body());
      }
      channel.waitForConfirmsOrDie(AggregatorRig.PATIENCE.toMillis());
    }
  }
}
