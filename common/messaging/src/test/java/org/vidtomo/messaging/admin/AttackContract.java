package org.vidtomo.messaging.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.net.URI;
import java.util.stream.Stream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vidtomo.messaging.Topology;

/** Whatever an agent tries with its own credentials: no other agent notices. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AttackContract {
  private Grounds grounds;

  /** A broker of its own for these tests. */
  protected abstract Grounds open() throws Exception;

  /** Ends what {@link #open} began. */
  protected void shut() throws Exception {}

  @BeforeAll
  protected void begin() throws Exception {
    grounds = open();
  }

  @AfterAll
  protected void end() throws Exception {
    grounds.close();
    shut();
  }

  protected static Stream<Attack> attacks() {
    return Attacks.all();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  protected void attack_leavesTheOtherAgentUntouched(Attack attack) throws Exception {
    grounds.beforeAttack();
    Connection connection = Grounds.connect(grounds.attackersWay);
    try {
      Channel channel = connection.createChannel();
      channel.confirmSelect();
      if (attack.refused()) {
        assertThatThrownBy(() -> attack.attempt().on(channel, grounds)).isNotNull();
      } else {
        refusedOrNot(attack, channel);
      }
    } finally {
      connection.abort();
    }
    grounds.assertVictimUntouched();
  }

  private void refusedOrNot(Attack attack, Channel channel) throws Exception {
    try {
      attack.attempt().on(channel, grounds);
    } catch (IOException | ShutdownSignalException e) {
      assertThat(Throwables.getStackTrace(e))
          .containsPattern("ACCESS_REFUSED|NOT_ALLOWED|FRAME_ERROR|SocketException");
    }
  }

  @Test
  protected void removedAgent_isCutOffAndLoggedOut_andAProvisionedOneGetsAnotherPassword()
      throws Exception {
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
