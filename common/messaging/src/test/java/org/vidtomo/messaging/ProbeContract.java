package org.vidtomo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

/** What can be told of a broker without leaving anything behind. */
interface ProbeContract {
  Rig rig();

  @Test
  default void probe_may_all_that_the_roles_do_and_leaves_nothing_behind() throws Exception {
    rig().publish(rig().queue, "{}", false);
    rig().awaitDepth(rig().queue, 1);
    try (BrokerProbe probe = BrokerProbe.open(rig().settings("probe"))) {
      assertThat(probe.server().flavour()).isIn((Object[]) BrokerFlavour.values());
      assertThat(probe.server().version()).matches("\\d+\\..*");
      assertThat(probe.missing()).isEmpty();
      probe.declareAgain();
      probe.declareAndDelete();
      probe.publish(Topology.REPORTS, "agent.ok");
      probe.publish(Topology.TASKS, rig().queue);
      probe.publish(Topology.OUTCOMES, "");
      assertThat(probe.consume(rig().queue)).isEqualTo(1);
      assertThat(probe.consume(Topology.REPORTS_INGEST)).isZero();
    }
    Topology topology = rig().connection.topology();
    assertThat(topology.messageCount(Topology.REPORTS_INGEST)).hasValue(0);
    assertThat(topology.messageCount(Topology.OUTCOMES_COORDINATOR)).hasValue(0);
    rig().awaitDepth(rig().queue, 1);
  }

  @Test
  default void probe_says_what_is_not_there() {
    try (BrokerProbe probe = BrokerProbe.open(rig().settings("probe"))) {
      assertThatThrownBy(() -> probe.consume("vidtomo.tasks.none"))
          .isInstanceOf(MessagingException.class)
          .hasMessageContaining("consuming vidtomo.tasks.none");
      assertThatThrownBy(() -> probe.publish("vidtomo.none", "x"))
          .isInstanceOf(MessagingException.class)
          .hasMessageContaining("vidtomo.none");
      // One refusal closes a channel, not what comes after.
      probe.publish(Topology.REPORTS, "agent.ok");
    }
  }

  @Test
  default void probe_with_a_wrong_password_is_refused_in_plain_words() {
    URI right = rig().broker.uri();
    URI wrong = URI.create(right.toString().replaceFirst(":[^:@/]*@", ":wrong@"));
    assertThatThrownBy(() -> BrokerProbe.open(BrokerSettings.of(wrong, "probe")))
        .isInstanceOf(BrokerUnavailableException.class)
        .hasMessageContaining("refuses this user, password or virtual host")
        .hasMessageNotContaining("wrong");
  }
}
