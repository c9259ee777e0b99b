package org.vidtomo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.vidtomo.messaging.Rig.SOON;
import static org.vidtomo.messaging.Rig.task;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What survives broken connections and brokers. */
interface RecoveryContract {
  Rig rig();

  @Test
  default void unacked_message_is_redelivered_when_the_connection_breaks() throws Exception {
    rig().publish(rig().queue, "{}");
    List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    rig().connection.subscribe(rig().queue, 1, deliveries::add);
    await().atMost(SOON).until(() -> deliveries.size() == 1);

    rig().wire.cut();

    await().atMost(SOON).until(() -> deliveries.size() == 2);
    assertThat(deliveries.get(1).redelivered()).isTrue();
    deliveries.get(0).ack();
    deliveries.get(1).ack();
    assertThat(rig().connection.metrics().lost())
        .as("the ack of the broken connection")
        .isEqualTo(1);
    assertThat(rig().connection.metrics().acked()).isEqualTo(1);
    rig().awaitDepth(rig().queue, 0);
    assertThat(deliveries).hasSize(2);
  }

  @Test
  default void broken_connections_lose_nothing() throws Exception {
    int messages = 3_000;
    Set<String> arrived = rig().consumeBodies(Topology.REPORTS_INGEST);
    CompletableFuture<Void> cutting =
        CompletableFuture.runAsync(
            () -> {
              for (int step = 1; step <= 4; step++) {
                int reached = step * messages / 5;
                await().atMost(SOON).until(() -> rig().connection.metrics().confirmed() >= reached);
                rig().wire.cut();
              }
            });
    rig().publishReports(rig().connection, messages);
    assertThat(cutting).succeedsWithin(Duration.ofSeconds(60));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(arrived).hasSize(messages));
    assertThat(rig().connection.metrics().connections()).isGreaterThan(1);
  }

  @Test
  default void broker_restart_loses_nothing() {
    rig().losesNothing(rig().broker::restart);
  }

  @Test
  default void what_was_declared_is_there_again_when_the_queue_was_lost_meanwhile()
      throws Exception {
    BrokerConnection other = rig().open(rig().settings("other"));
    other.topology().deleteAgentQueue(rig().queue);
    rig().wire.cut();
    await().atMost(SOON).until(() -> rig().connection.metrics().connections() == 2);
    rig().connection.publisher().publishAndWait(task(rig().queue, "{}"), SOON);
  }

  @Test
  default void connection_before_the_broker_can_be_reached_waits_for_it() throws Exception {
    rig().wire.refusing(true);
    BrokerConnection early = rig().open(rig().settings("early"));
    assertThatThrownBy(() -> early.awaitConnected(Duration.ofMillis(300)))
        .isInstanceOf(BrokerUnavailableException.class)
        .hasMessageNotContaining("guest:");
    CompletableFuture<Void> published = early.publisher().publish(task(rig().queue, "{}"));
    rig().wire.refusing(false);
    assertThat(published).succeedsWithin(SOON);
  }

  @Test
  default void wrong_password_is_told_without_the_right_one() throws Exception {
    URI uri = rig().broker.uri();
    String user = uri.getUserInfo().split(":")[0];
    URI wrong = URI.create(uri.toString().replace(uri.getRawUserInfo(), user + ":wr0ng"));
    BrokerConnection refused = rig().open(BrokerSettings.of(wrong, "refused"));
    await().atMost(SOON).until(() -> refused.check().problem().isPresent());
    assertThatThrownBy(() -> refused.awaitConnected(Duration.ofMillis(100)))
        .isInstanceOf(BrokerUnavailableException.class)
        .hasMessageContaining("refuses this user")
        .hasMessageNotContaining("wr0ng");
    assertThat(refused.check().describe()).contains("refuses this user");
  }

  @Test
  default void closing_is_bounded_when_the_broker_is_silent() {
    rig().publish(rig().queue, "{}");
    BrokerConnection consumer =
        rig().open(rig().settings("silent").withCloseTimeout(Duration.ofSeconds(1)));
    consumer.subscribe(rig().queue, 1, d -> {});
    await().atMost(SOON).until(() -> consumer.metrics().consumed() == 1);
    rig().wire.silent(true);
    CompletableFuture<Void> unconfirmed = consumer.publisher().publish(task(rig().queue, "{}"));
    Instant before = Instant.now();
    consumer.close();
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
    assertThat(unconfirmed).failsWithin(SOON);
    rig().wire.silent(false);
  }
}
