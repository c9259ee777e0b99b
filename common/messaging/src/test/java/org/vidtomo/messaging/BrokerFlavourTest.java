package org.vidtomo.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerFlavourTest {
  private static BrokerFlavour of(String product, String version) {
    return BrokerFlavour.of(Map.of("product", product, "version", version));
  }

  @Test
  void flavour_follows_product_and_version() {
    assertThat(of("RabbitMQ", "3.10.8")).isEqualTo(BrokerFlavour.RABBITMQ);
    assertThat(of("RabbitMQ", "3.13.0-rc.1")).isEqualTo(BrokerFlavour.RABBITMQ);
    assertThat(of("RabbitMQ", "4.1.0")).isEqualTo(BrokerFlavour.RABBITMQ_4);
    assertThat(of("RabbitMQ", "10.0.0")).isEqualTo(BrokerFlavour.RABBITMQ_4);
    assertThat(of("qpid-broker-j", "10.1.0")).isEqualTo(BrokerFlavour.QPID);
  }

  @Test
  void dead_letters_are_not_dropped_for_being_looked_at_where_that_is_the_default() {
    assertThat(BrokerFlavour.RABBITMQ_4.keptQueue(1))
        .containsEntry("x-delivery-limit", 1_000_000_000)
        .containsAllEntriesOf(BrokerFlavour.RABBITMQ.keptQueue(1));
    assertThat(BrokerFlavour.RABBITMQ.keptQueue(1)).doesNotContainKey("x-delivery-limit");
    assertThat(BrokerFlavour.RABBITMQ_4.workQueue(1))
        .isEqualTo(BrokerFlavour.RABBITMQ.workQueue(1));
  }
}
