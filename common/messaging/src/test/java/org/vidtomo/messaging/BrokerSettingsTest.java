package org.vidtomo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerSettingsTest {
  @Test
  void text_of_the_settings_holds_no_password() {
    BrokerSettings settings =
        BrokerSettings.of(URI.create("amqp://me:s3cret@broker.test:5673/video"), "agent");
    assertThat(settings.toString()).doesNotContain("s3cret", "me:");
    assertThat(settings.broker()).isEqualTo("amqp://broker.test:5673/video");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://broker.test", "broker.test:5672", "amqp:///video"})
  void uri_that_names_no_broker_is_refused(String uri) {
    assertThatThrownBy(() -> BrokerSettings.of(URI.create(uri), "agent"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("amqp://");
  }

  @Test
  void wait_without_end_or_of_no_time_is_refused() {
    BrokerSettings settings = BrokerSettings.of(URI.create("amqp://broker.test"), "agent");
    assertThatThrownBy(() -> settings.withCloseTimeout(Duration.ZERO))
        .hasMessageContaining("closeTimeout must be > 0");
    assertThatThrownBy(() -> settings.withRetries(0, Duration.ofSeconds(1)))
        .hasMessageContaining("maxTries");
  }
}
