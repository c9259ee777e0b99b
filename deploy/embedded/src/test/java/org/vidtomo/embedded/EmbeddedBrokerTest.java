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

  private static final byte[] BODY = {1};

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
    URI gate;
    try (EmbeddedBroker broker = EmbeddedBroker.start(data)) {
      gate = broker.gateUri();
      publish(broker.amqpUri(), "kept");
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(data);
        Connection connection = connect(broker.amqpUri());
        Channel channel = connection.createChannel()) {
      assertThat(broker.isActive()).isTrue();
      assertThat(channel.basicGet("q", true).getBody()).asString().isEqualTo("kept");
      assertThat(broker.gateUri().getUserInfo()).isNotEqualTo(gate.getUserInfo());
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
  void gatesUser_mayOnlyTakeTasksAndReport() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(data);
        Connection own = connect(broker.amqpUri());
        Channel channel = own.createChannel()) {
      channel.exchangeDeclare("vidtomo.reports", "topic", true);
      channel.exchangeDeclare("vidtomo.tasks", "direct", true);
      channel.queueDeclare("vidtomo.tasks.x", true, false, false, null);
      channel.queueDeclare("vidtomo.dead", true, false, false, null);
      channel.queueDeclare("vidtomo.reports.ingest", true, false, false, null);
      channel.queueBind("vidtomo.reports.ingest", "vidtomo.reports", "#");
      URI gate = broker.gateUri();

      assertAllowed(gate, c -> c.basicConsume("vidtomo.tasks.x", (t, d) -> {}, t -> {}));
      assertAllowed(gate, c -> c.basicPublish("vidtomo.reports", "a.ok", null, BODY));
      assertThat(channel.messageCount("vidtomo.reports.ingest")).isOne();
      assertRefused(gate, c -> c.basicConsume("vidtomo.reports.ingest", (t, d) -> {}, t -> {}));
      assertRefused(gate, c -> c.basicGet("vidtomo.reports.ingest", true));
      assertRefused(gate, c -> c.queuePurge("vidtomo.tasks.x"));
      assertRefused(gate, c -> c.queueDelete("vidtomo.tasks.x"));
      assertRefused(gate, c -> c.queueDeclare("mine", false, true, true, null));
      assertRefused(gate, c -> c.basicPublish("vidtomo.tasks", "x", null, BODY));
      assertRefused(gate, c -> c.basicPublish("", "vidtomo.reports.ingest", null, BODY));
      assertRefused(gate, c -> c.basicPublish("", "vidtomo.dead", null, BODY));
      assertThat(channel.messageCount("vidtomo.reports.ingest")).isOne();
    }
  }

  private interface Use {
    void of(Channel channel) throws Exception;
  }

  private static void assertAllowed(URI uri, Use use) throws Exception {
    try (Connection connection = connect(uri);
        Channel channel = connection.createChannel()) {
      channel.confirmSelect();
      use.of(channel);
      channel.waitForConfirmsOrDie(Duration.ofSeconds(10).toMillis());
      assertThat(channel.isOpen()).isTrue();
    }
  }

  private static void assertRefused(URI uri, Use use) throws Exception {
    Connection connection = connect(uri);
    try {
      Channel channel = connection.createChannel();
      channel.confirmSelect();
      assertThatThrownBy(
              () -> {
                use.of(channel);
                channel.waitForConfirmsOrDie(Duration.ofSeconds(10).toMillis());
              })
          .hasStackTraceContaining("403");
    } finally {
      connection.abort(); // The broker has closed it.
    }
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
    factory.setAutomaticRecoveryEnabled(false);
    return factory.newConnection("test");
  }
}
