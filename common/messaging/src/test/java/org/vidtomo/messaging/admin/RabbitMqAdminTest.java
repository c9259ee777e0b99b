package org.vidtomo.messaging.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

class RabbitMqAdminTest {
  @Test
  void virtualHost_isDecodedAndDefaultsToASlash() {
    assertThat(RabbitMqAdmin.virtualHost(URI.create("amqp://h"))).isEqualTo("/");
    assertThat(RabbitMqAdmin.virtualHost(URI.create("amqp://h/"))).isEqualTo("/");
    assertThat(RabbitMqAdmin.virtualHost(URI.create("amqp://h/%2f"))).isEqualTo("/");
    assertThat(RabbitMqAdmin.virtualHost(URI.create("amqps://u:p@h:1/a+b"))).isEqualTo("a+b");
  }

  @Test
  void agentsWay_hasTheAgentsUserInPlaceOfAnyOther() {
    assertThat(AgentLogin.at(URI.create("amqps://root:r%40t@h:5671/v?heartbeat=5"), "a", "b"))
        .isEqualTo(URI.create("amqps://a:b@h:5671/v?heartbeat=5"));
    assertThat(AgentLogin.at(URI.create("amqp://[::1]"), "a", "b"))
        .isEqualTo(URI.create("amqp://a:b@[::1]"));
  }

  @Test
  void rights_areNotGivenToWhatIsNoAgentOrQueue() {
    assertThatThrownBy(() -> new AgentRights(".*", "q")).hasMessageContaining("no id of an agent");
    assertThatThrownBy(() -> new AgentRights("a", "a|b")).hasMessageContaining("no queue");
    assertThat(new AgentRights("a", "vidtomo.tasks.0").permissions().getRead())
        .isEqualTo("^vidtomo\\.tasks\\.0$");
  }
}
