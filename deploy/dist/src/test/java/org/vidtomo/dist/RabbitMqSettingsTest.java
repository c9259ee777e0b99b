package org.vidtomo.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.vidtomo.messaging.BrokerProbe;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.testkit.Ports;
import org.vidtomo.testkit.PrivateRabbitMq;
import org.vidtomo.testkit.Programs;
import org.vidtomo.testkit.RabbitMq;
import org.vidtomo.testkit.TempDirectories;

/** The settings of a node, in a real one, with a certificate that {@code vidtomo ca} made. */
class RabbitMqSettingsTest {
  /** Those that a test's node has of its own. */
  private static final String OWN = "(listeners\\.tcp|management\\.tcp|disk_free_limit).*";

  @Test
  void node_starts_with_them_speaks_tls_and_takes_no_message_above_4_MiB() throws Exception {
    Path tls = TempDirectories.create("tls");
    vidtomo("ca", "init", tls.resolve("ca").toString());
    vidtomo(
        "ca",
        "issue",
        tls.resolve("ca").toString(),
        "--out",
        tls.toString(),
        "127.0.0.1",
        "rabbit");
    int port = Ports.free();
    String settings =
        Files.readString(Unpacked.home().resolve("deploy/rabbitmq/rabbitmq.conf"))
            .replace("/etc/rabbitmq/tls", tls.toString())
            .replaceAll("(?m)^listeners.ssl.default = .*", "listeners.ssl.1 = 127.0.0.1:" + port)
            .lines()
            .filter(line -> !line.matches(OWN))
            .collect(Collectors.joining("\n", "", "\n"));
    try (PrivateRabbitMq node = RabbitMq.startPrivate(settings)) {
      URI plain = node.amqpUri();
      URI secured = URI.create("amqps://" + plain.getRawUserInfo() + "@127.0.0.1:" + port);
      BrokerSettings trusting =
          BrokerSettings.of(secured, "settings").withCertificates(tls.resolve("ca/authority.pem"));
      try (BrokerProbe probe = BrokerProbe.open(trusting)) {
        assertThat(probe.messageLimitBelow((4 << 20) + 1)).hasValue(4 << 20);
      }
    }
  }

  private static void vidtomo(String... arguments) throws Exception {
    List<String> command =
        Programs.command(Unpacked.home().resolve("vidtomo").toString(), arguments);
    Programs.Ended ended = Programs.run(command, Unpacked.home(), Map.of());
    assertThat(ended.exit()).as(ended.err()).isZero();
  }
}
