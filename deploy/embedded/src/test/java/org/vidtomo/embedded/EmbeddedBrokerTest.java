package org.vidtomo.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

  @TempDir Path directory;

  @Test
  void confirmedMessage_isThereAfterARestart() throws Exception {
    try (DataDirectory data = DataDirectory.open(directory);
        EmbeddedBroker broker = EmbeddedBroker.start(data);
        Connection connection = connect(broker.amqpUri());
        Channel channel = connection.createChannel()) {
      channel.queueDeclare("q", true, false, false, null);
      channel.confirmSelect();
      channel.basicPublish(
          "", "q", MessageProperties.PERSISTENT_BASIC, "kept".getBytes(StandardCharsets.UTF_8));
      channel.waitForConfirmsOrDie(Duration.ofSeconds(10).toMillis());
    }
    try (DataDirectory data = DataDirectory.open(directory);
        EmbeddedBroker broker = EmbeddedBroker.start(data);
        Connection connection = connect(broker.amqpUri());
        Channel channel = connection.createChannel()) {
      assertThat(broker.isActive()).isTrue();
      assertThat(channel.basicGet("q", true).getBody()).asString().isEqualTo("kept");
    }
  }

  private static Connection connect(URI uri) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(uri);
    return factory.newConnection("test");
  }
}
