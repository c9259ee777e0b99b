package org.vidtomo.messaging.admin;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vidtomo.messaging.BrokerUnavailableException;
import org.vidtomo.messaging.MessagingException;
import org.vidtomo.testkit.Ports;
import org.vidtomo.testkit.RabbitMq;

class RabbitMqAttackTest extends AttackContract {
  @Override
  protected Grounds open() throws Exception {
    URI broker = RabbitMq.shared().newVirtualHost();
    return new Grounds(
        broker, new RabbitMqAdmin(RabbitMq.shared().managementUri(), broker, Optional.empty()));
  }

  @Test
  void managementThatRefusesOrIsAway_isToldWithWhatToDo() {
    URI right = RabbitMq.shared().managementUri();
    URI broker = RabbitMq.shared().amqpUri();
    URI wrong = URI.create(right.toString().replace(right.getUserInfo(), "guest:wrong"));
    assertThatThrownBy(() -> new RabbitMqAdmin(wrong, broker, Optional.empty()).users())
        .isInstanceOf(MessagingException.class)
        .hasMessageContaining("tag administrator")
        .hasMessageNotContaining("wrong");
    URI nobody = URI.create("http://u:secret@127.0.0.1:" + Ports.free());
    assertThatThrownBy(() -> new RabbitMqAdmin(nobody, broker, Optional.empty()).remove("a-1"))
        .isInstanceOf(BrokerUnavailableException.class)
        .hasMessageContaining("VIDTOMO_AMQP_ADMIN_URI")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> new RabbitMqAdmin(URI.create("http://host"), broker, Optional.empty()))
        .hasMessageContaining("USER:PASSWORD");
  }
}
