package org.vidtomo.messaging.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vidtomo.messaging.Topology;

/** Whatever an agent tries with its own credentials: no other agent notices. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AttackContract {
  private Grounds grounds;

  /** A broker of its own for these tests. */
  abstract Grounds open() throws Exception;

  @BeforeAll
  void begin() throws Exception {
    grounds = open();
  }

  @AfterAll
  void end() {
    grounds.close();
  }

  static Stream<Attack> attacks() {
    return Attacks.all();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void attack_leavesTheOtherAgentUntouched(Attack attack) throws Exception {
    grounds.beforeAttack();
    Connection connection = Grounds.connect(grounds.attackersWay);
    try {
      Channel channel = connection.createChannel();
      channel.confirmSelect();
      if (attack.refused()) {
        assertThatThrownBy(() -> attack.attempt().on(channel, grounds)).isNotNull();
      } else {
        attack.attempt().on(channel, grounds);
      }
    } finally {
      connection.abort();
    }
    grounds.assertVictimUntouched();
  }

  @Test
  void removedAgent_isCutOffAndLoggedOut_andAProvisionedOneGetsAnotherPassword() throws Exception {
    String agent = "a-passing";
    String queue = Topology.newAgentQueue();
    URI first = grounds.admin.provision(agent, queue);
    Connection connection = Grounds.connect(first);
    URI second = grounds.admin.provision(agent, queue);
    assertThat(second).isNotEqualTo(first);
    assertThatThrownBy(() -> Grounds.connect(first)).hasMessageContaining("ACCESS_REFUSED");
    assertThat(grounds.admin.users()).contains(agent, grounds.victim);

    grounds.admin.remove(agent);
    grounds.admin.remove(agent);

    await().atMost(Grounds.SOON).until(() -> !connection.isOpen());
    assertThatThrownBy(() -> Grounds.connect(second)).hasMessageContaining("ACCESS_REFUSED");
    assertThat(grounds.admin.users()).doesNotContain(agent).contains(grounds.victim);
    grounds.beforeAttack();
    grounds.assertVictimUntouched();
  }
}
