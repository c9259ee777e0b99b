package org.vidtomo.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledParentTest {

  @TempDir Path directory;

  @Test
  void killedProcess_takesItsChildAlongAndLosesNothing() throws Exception {
    Process parent = startParent();
    try {
      Path file = directory.resolve("facts");
      await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(file) || !parent.isAlive());
      List<String> facts = Files.readAllLines(file);
      URI broker = URI.create(facts.get(0));
      InetSocketAddress cql = cql(Integer.parseInt(facts.get(1)));
      assertInUse(parent);
      EmbeddedBrokerTest.publish(broker, "kept");
      EmbeddedCassandraTest.insert(cql, "kept");

      parent.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

      await().atMost(Duration.ofSeconds(20)).until(() -> !runs(Long.parseLong(facts.get(2))));
      assertThat(CqlProbe.answers(cql)).isFalse();
      assertThatThrownBy(() -> EmbeddedBrokerTest.connect(broker).close()).isNotNull();
    } finally {
      parent.destroyForcibly();
    }
    assertKept();
  }

  private void assertInUse(Process parent) {
    assertThatThrownBy(() -> DataDirectory.open(directory))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("process " + parent.pid());
  }

  private void assertKept() throws Exception {
    try (DataDirectory data = DataDirectory.open(directory);
        EmbeddedBroker broker = EmbeddedBroker.start(data);
        EmbeddedCassandra cassandra = EmbeddedCassandra.start(data);
        CqlSession session = EmbeddedCassandraTest.connect(cassandra.contactPoint());
        Connection connection = EmbeddedBrokerTest.connect(broker.amqpUri());
        Channel channel = connection.createChannel()) {
      assertThat(session.execute("SELECT v FROM k.t WHERE id = 1").one().getString("v"))
          .isEqualTo("kept");
      assertThat(channel.basicGet("q", true).getBody()).asString().isEqualTo("kept");
    }
  }

  private Process startParent() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            ParentProcess.class.getName(),
            directory.toString())
        .redirectErrorStream(true)
        .redirectOutput(Redirect.to(directory.resolve("parent.log").toFile()))
        .start();
  }

  private static InetSocketAddress cql(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** A process that no one has collected yet has an empty command line. */
  private static boolean runs(long pid) {
    return ProcessHandle.of(pid)
        .filter(process -> process.isAlive() && process.info().command().isPresent())
        .isPresent();
  }
}
