package org.vidtomo.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
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
    URI before;
    try (EmbeddedBroker broker = EmbeddedBroker.start(data)) {
      before = broker.amqpUri();
      publish(before, "kept");
    }
    try (EmbeddedBroker broker =
            EmbeddedBroker.start(data, BrokerPorts.loopback(before.getPort()));
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
      assertThatThrownBy(
              () -> EmbeddedBroker.start(data, BrokerPorts.loopback(taken.getLocalPort())))
          .isInstanceOf(EmbeddedException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
    }
    EmbeddedBroker.start(data).close();
  }

  @Test
  void securedPort_takesAgentsThatMayOnlyTakeTasksAndReport() throws Exception {
    OwnCertificates.Issued issued =
        new OwnCertificates(directory.resolve("tls"), Clock.systemUTC())
            .issue(Set.of("127.0.0.1"), Set.of());
    InetSocketAddress listen = InetSocketAddress.createUnresolved("127.0.0.1", 0);
    BrokerPorts ports =
        new BrokerPorts(
            0, Optional.of(new BrokerPorts.Secured(listen, issued.chain(), issued.key())));
    try (EmbeddedBroker broker = EmbeddedBroker.start(data, ports);
        Connection own = connect(broker.amqpUri());
        Channel channel = own.createChannel()) {
      channel.exchangeDeclare("vidtomo.reports", "topic", true);
      channel.queueDeclare("vidtomo.tasks.x", true, false, false, null);
      channel.queueDeclare("vidtomo.dead", true, false, false, null);
      channel.queueDeclare("vidtomo.reports.ingest", true, false, false, null);
      channel.queueBind("vidtomo.reports.ingest", "vidtomo.reports", "#");
      URI agent = broker.agentUri("127.0.0.1");
      assertThat(agent.getScheme()).isEqualTo("amqps");
      assertThat(agent.getPort()).isNotEqualTo(broker.amqpUri().getPort());

      assertAllowed(agent, issued, c -> c.basicConsume("vidtomo.tasks.x", (t, d) -> {}, t -> {}));
      assertAllowed(agent, issued, c -> c.basicPublish("vidtomo.reports", "a.ok", null, BODY));
      assertThat(channel.messageCount("vidtomo.reports.ingest")).isOne();
      assertAllowed(agent, issued, c -> c.basicPublish("", "vidtomo.dead", null, BODY));
      assertThat(channel.messageCount("vidtomo.dead")).isOne();
      assertRefused(
          agent, issued, c -> c.basicConsume("vidtomo.reports.ingest", (t, d) -> {}, t -> {}));
      assertRefused(agent, issued, c -> c.basicGet("vidtomo.reports.ingest", true));
      assertRefused(agent, issued, c -> c.queuePurge("vidtomo.tasks.x"));
      assertRefused(agent, issued, c -> c.queueDelete("vidtomo.tasks.x"));
      assertRefused(agent, issued, c -> c.queueDeclare("mine", false, true, true, null));
      channel.exchangeDeclare("vidtomo.tasks", "direct", true);
      assertRefused(agent, issued, c -> c.basicPublish("vidtomo.tasks", "x", null, BODY));
      assertRefused(agent, issued, c -> c.basicPublish("", "vidtomo.reports.ingest", null, BODY));
      AMQP.BasicProperties another = new AMQP.BasicProperties.Builder().userId("vidtomo").build();
      assertRefused(agent, issued, c -> c.basicPublish("vidtomo.reports", "a.ok", another, BODY));
      assertThat(channel.messageCount("vidtomo.reports.ingest")).isOne();
    }
  }

  private interface Use {
    void of(Channel channel) throws Exception;
  }

  private static void assertAllowed(URI uri, OwnCertificates.Issued issued, Use use)
      throws Exception {
    try (Connection connection = secured(uri, issued);
        Channel channel = connection.createChannel()) {
      channel.confirmSelect();
      use.of(channel);
      channel.waitForConfirmsOrDie(Duration.ofSeconds(10).toMillis());
      assertThat(channel.isOpen()).isTrue();
    }
  }

  private static void assertRefused(URI uri, OwnCertificates.Issued issued, Use use)
      throws Exception {
    Connection connection = secured(uri, issued);
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

  private static Connection secured(URI uri, OwnCertificates.Issued issued) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("own", PemFiles.certificates(issued.authority()).get(0));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(uri);
    factory.useSslProtocol(context);
    factory.enableHostnameVerification();
    factory.setAutomaticRecoveryEnabled(false);
    return factory.newConnection("agent");
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
