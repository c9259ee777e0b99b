package org.vidtomo.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RabbitMqTest {

  @Test
  void virtualHosts_areApart() throws Exception {
    RabbitMq rabbit = RabbitMq.shared();
    try (Connection one = connect(rabbit.newVirtualHost());
        Connection other = connect(rabbit.newVirtualHost());
        Channel onOne = one.createChannel();
        Channel onOther = other.createChannel()) {
      onOne.queueDeclare("q", true, false, false, null);
      onOne.basicPublish("", "q", null, new byte[1]);
      assertThat(onOther.queueDeclare("q", true, false, false, null).getMessageCount()).isZero();
    }
  }

  @Test
  void privateOne_keepsPortAndDataOverStopAndKill() throws Exception {
    try (PrivateRabbitMq rabbit = RabbitMq.startPrivate()) {
      publish(rabbit.amqpUri());
      rabbit.restart();
      rabbit.kill();
      assertThat(Ports.accepts(rabbit.amqpUri().getPort())).isFalse();
      rabbit.startAgain();
      try (Connection connection = connect(rabbit.amqpUri());
          Channel channel = connection.createChannel()) {
        assertThat(channel.basicGet("q", true).getBody()).asString().isEqualTo("kept");
      }
    }
  }

  private static void publish(URI uri) throws Exception {
    try (Connection connection = connect(uri);
        Channel channel = connection.createChannel()) {
      channel.queueDeclare("q", true, false, false, null);
      channel.confirmSelect();
      byte[] body = "kept".getBytes(StandardCharsets.UTF_8);
      channel.basicPublish("", "q", MessageProperties.PERSISTENT_BASIC, body);
      channel.waitForConfirmsOrDie(10_000);
    }
  }

  private static Connection connect(URI uri) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(uri);
    return factory.newConnection("test");
  }
}
