package org.vidtomo.agent.enrol;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {
  @ParameterizedTest
  @CsvSource({
    "https://8.8.8.8, amqps://8.8.4.4:5671",
    "https://192.168.1.7, amqps://192.168.1.8:5671",
    "https://192.168.1.7, amqps://8.8.4.4:5671",
    "http://127.0.0.1, amqp://127.0.0.1:5672",
    "http://localhost:8081, amqps://192.168.1.8:5671",
  })
  void brokerThatIsWhereItsCoordinatorIs_isUsed(URI coordinator, URI broker) {
    assertThatCode(() -> PlainText.refuseBroker(coordinator, broker)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "https://8.8.8.8, amqp://127.0.0.1:6379, this machine",
    "https://8.8.8.8, amqps://localhost:443, this machine",
    "https://8.8.8.8, amqps://192.168.1.1:443, this machine",
    "https://8.8.8.8, amqps://[fd00::1]:443, this machine",
    "https://192.168.1.7, amqp://127.0.0.1:6379, this machine",
    "https://8.8.8.8, amqp://8.8.4.4:5672, amqps",
  })
  void brokerInTheAgentsOwnNetwork_ofACoordinatorOutside_isRefused(
      URI coordinator, URI broker, String said) {
    assertThatThrownBy(() -> PlainText.refuseBroker(coordinator, broker))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(said);
  }
}
