package org.vidtomo.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.vidtomo.messaging.Rig.SOON;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.embedded.DataDirectory;
import org.vidtomo.embedded.EmbeddedBroker;
import org.vidtomo.testkit.RabbitMq;

/** Rubbish that has filled the dead letters stops nobody else. */
@Timeout(120)
class FullDeadLettersTest {
  private static final int ROOM = 3;
  private static final int EACH = 100;

  @Test
  void rabbitMq_handlesTheGood_andLosesTheRestOfTheBadOnes() throws Exception {
    handlesTheGood(
        RabbitMq.shared().newVirtualHost(),
        Map.of("x-queue-type", "quorum", "x-overflow", "reject-publish", "x-max-length", ROOM));
  }

  @Test
  void embeddedBroker_handlesTheGood_andLosesTheRestOfTheBadOnes(@TempDir Path directory)
      throws Exception {
    try (DataDirectory data = DataDirectory.open(directory);
        EmbeddedBroker embedded = EmbeddedBroker.start(data)) {
      handlesTheGood(
          embedded.amqpUri(), Map.of("qpid.policy_type", "reject", "qpid.max_count", ROOM));
    }
  }

  private static void handlesTheGood(URI broker, Map<String, Object> small) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(broker);
    try (Connection raw = factory.newConnection();
        Channel channel = raw.createChannel();
        BrokerConnection connection = new BrokerConnection(BrokerSettings.of(broker, "test"))) {
      channel.queueDeclare(Topology.DEAD, true, false, false, small);
      channel.queueDeclare(Topology.REPORTS_INGEST, true, false, false, Map.of());
      for (int i = 0; i < 2 * EACH; i++) {
        byte[] body = (i % 2 == 0 ? "bad" : "good").getBytes(UTF_8);
        channel.basicPublish(
            "", Topology.REPORTS_INGEST, MessageProperties.MINIMAL_PERSISTENT_BASIC, body);
      }
      connection.start();
      AtomicInteger good = new AtomicInteger();
      connection.subscribe(
          Topology.REPORTS_INGEST,
          10,
          delivery -> {
            if (new String(delivery.body(), UTF_8).equals("bad")) {
              delivery.poison("it is bad");
            } else {
              good.incrementAndGet();
              delivery.ack();
            }
          });
      MessagingMetrics metrics = connection.metrics();
      await().atMost(SOON).until(() -> good.get() == EACH && metrics.poisoned() == EACH);
      long kept = channel.messageCount(Topology.DEAD);
      assertThat(kept).isGreaterThanOrEqualTo(ROOM);
      assertThat(metrics.unburied()).isEqualTo(EACH - kept).isPositive();
      await().atMost(SOON).until(() -> channel.messageCount(Topology.REPORTS_INGEST) == 0);
    }
  }
}
