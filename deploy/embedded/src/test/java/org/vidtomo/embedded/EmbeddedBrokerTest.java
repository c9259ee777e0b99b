package org.vidtomo.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

  @TempDir Path directory;
  private DataDirectory data;

  @BeforeEach
  void open() {
    data = DataDirectory.open(directory);
  }

  @AfterEach
  void close() {
    data.close();
  }

  @Test
  void confirmedMessage_isThereAfterARestart() throws Exception {
    URI before;
    try (EmbeddedBroker broker = EmbeddedBroker.start(data)) {
      before = broker.amqpUri();
      publish(before, "kept");
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(data, before.getPort());
        Connection connection = connect(broker.amqpUri());
        Channel channel = connection.createChannel()) {
      assertThat(broker.isActive()).isTrue();
      assertThat(broker.amqpUri()).isEqualTo(before);
      assertThat(channel.basicGet("q", true).getBody()).asString().isEqualTo("kept");
    }
  }

  @Test
  void password_isForItsOwnerAloneAndAsked() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(data)) {
      Path file = data.broker().resolve("password");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      for (String other : new String[] {"vidtomo:wrong", "guest:guest", "anonymous:"}) {
        String uri = broker.amqpUri().toString();
        String wrong = uri.replace(broker.amqpUri().getUserInfo(), other);
        assertThatThrownBy(() -> connect(URI.create(wrong)))
            .isInstanceOf(PossibleAuthenticationFailureException.class);
      }
    }
  }

  @Test
  void portInUse_isRefusedNamingItAndLeavesNothingRunning() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedBroker.start(data, taken.getLocalPort()))
          .isInstanceOf(EmbeddedException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
    }
    EmbeddedBroker.start(data).close();
  }

  @Test
  void storeThatCannotBeOpened_isRefused() throws Exception {
    Files.createFile(data.broker().resolve("store"));
    assertThatThrownBy(() -> EmbeddedBroker.start(data))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining(data.broker().resolve("store").toString());
  }

  @Test
  void closedBroker_isNotActiveAndMayBeClosedAgain() {
    EmbeddedBroker broker = EmbeddedBroker.start(data);
    broker.close();
    broker.close();
    assertThat(broker.isActive()).isFalse();
  }

  static void publish(URI uri, String text) throws Exception {
    try (Connection connection = connect(uri);
        Channel channel = connection.createChannel()) {
      channel.queueDeclare("q", true, false, false, null);
      channel.confirmSelect();
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      channel.basicPublish("", "q", MessageProperties.PERSISTENT_BASIC, body);
      channel.waitForConfirmsOrDie(Duration.ofSeconds(10).toMillis());
    }
  }

  static Connection connect(URI uri) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(uri);
    return factory.newConnection("test");
  }
}
