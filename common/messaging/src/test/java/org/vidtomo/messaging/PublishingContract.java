package org.vidtomo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vidtomo.messaging.Rig.SOON;
import static org.vidtomo.messaging.Rig.bytes;
import static org.vidtomo.messaging.Rig.id;
import static org.vidtomo.messaging.Rig.task;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a publisher promises. */
interface PublishingContract {
  Rig rig();

  @Test
  default void message_arrives_whole_and_is_confirmed() throws Exception {
    OutgoingMessage message =
        OutgoingMessage.json(
            Topology.TASKS, rig().queue, bytes("{}"), Map.of("x-signature", "ünï"), "id-1");
    rig().connection.publisher().publish(message).get(20, TimeUnit.SECONDS);

    Delivery delivery = rig().take(rig().connection, rig().queue);
    assertThat(delivery.body()).isEqualTo(bytes("{}"));
    assertThat(delivery.headers()).containsEntry("x-signature", "ünï");
    assertThat(delivery.messageId()).contains("id-1");
    assertThat(delivery.routingKey()).isEqualTo(rig().queue);
    assertThat(delivery.queue()).isEqualTo(rig().queue);
    assertThat(delivery.userId()).contains(rig().broker.uri().getUserInfo().split(":")[0]);
    assertThat(delivery.timestamp().orElseThrow())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    assertThat(delivery.redelivered()).isFalse();
    assertThat(rig().connection.metrics().confirmed()).isEqualTo(1);
  }

  @Test
  default void mandatory_message_that_no_queue_takes_is_unroutable() {
    OutgoingMessage lost = task("vidtomo.tasks.nobody", "{}");
    assertThatThrownBy(() -> rig().connection.publisher().publishAndWait(lost, SOON))
        .isInstanceOf(UnroutableException.class)
        .hasMessageContaining("vidtomo.tasks.nobody");
    assertThat(rig().connection.metrics().unroutable()).isEqualTo(1);
  }

  @Test
  default void unroutable_among_many_is_told_from_the_routed() throws Exception {
    List<CompletableFuture<Void>> results = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      String to = i % 10 == 5 ? "vidtomo.tasks.nobody" : rig().queue;
      results.add(rig().connection.publisher().publish(task(to, "{}")));
    }
    for (int i = 0; i < results.size(); i++) {
      CompletableFuture<Void> result = results.get(i);
      if (i % 10 == 5) {
        assertThat(result)
            .failsWithin(SOON)
            .withThrowableThat()
            .withCauseInstanceOf(UnroutableException.class);
      } else {
        assertThat(result).succeedsWithin(SOON);
      }
    }
  }

  @Test
  default void optional_message_that_no_queue_takes_is_confirmed() {
    OutgoingMessage passing =
        OutgoingMessage.passingJson(Topology.PRESENCE, "agent", bytes("{}"), Map.of(), id());
    rig().connection.publisher().publishAndWait(passing, SOON);
    assertThat(rig().connection.metrics().confirmed()).isEqualTo(1);
  }

  @Test
  default void full_queue_refuses_clearly() {
    List<CompletableFuture<Void>> results = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      results.add(rig().connection.publisher().publish(task(rig().queue, "{}")));
    }
    assertThat(results.subList(0, 100)).allSatisfy(r -> assertThat(r).succeedsWithin(SOON));
    assertThat(results.get(100))
        .failsWithin(SOON)
        .withThrowableThat()
        .withCauseInstanceOf(PublishFailedException.class)
        .withMessageContaining("refused");
    rig().awaitDepth(rig().queue, 100);
  }

  @Test
  default void missing_exchange_fails_its_message_and_no_other() throws Exception {
    List<CompletableFuture<Void>> good = new ArrayList<>();
    List<CompletableFuture<Void>> bad = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      good.add(rig().connection.publisher().publish(task(rig().queue, "{}")));
      if (i % 20 == 10) {
        bad.add(
            rig()
                .connection
                .publisher()
                .publish(
                    OutgoingMessage.json("no.such.exchange", "k", bytes("{}"), Map.of(), id())));
      }
    }
    assertThat(bad)
        .allSatisfy(
            f ->
                assertThat(f)
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .withCauseInstanceOf(PublishFailedException.class)
                    .withMessageContaining("no.such.exchange"));
    assertThat(good).allSatisfy(f -> assertThat(f).succeedsWithin(SOON));
  }

  @Test
  default void outstanding_messages_are_bounded_and_the_next_fails_clearly() {
    rig().connection.publisher().publishAndWait(task(rig().queue, "{}"), SOON);
    BrokerConnection small =
        rig().open(rig().settings("small").withPublishing(SOON, 10, Duration.ofMillis(300)));
    small.awaitConnected(SOON);
    small.publisher().publishAndWait(task(rig().queue, "{}"), SOON);
    rig().wire.silent(true);
    List<CompletableFuture<Void>> held = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      held.add(small.publisher().publish(task(rig().queue, "{}")));
    }
    assertThat(small.metrics().outstanding()).isEqualTo(10);
    assertThat(small.publisher().publish(task(rig().queue, "{}")))
        .failsWithin(SOON)
        .withThrowableThat()
        .withMessageContaining("10 messages are outstanding");
    assertThat(small.publisher().tryPublish(task(rig().queue, "{}"))).isFalse();
    rig().wire.silent(false);
    assertThat(held).allSatisfy(h -> assertThat(h).succeedsWithin(SOON));
    assertThat(small.metrics().outstanding()).isZero();
  }

  @Test
  default void publishing_without_a_broker_fails_at_its_deadline() throws Exception {
    rig().wire.refusing(true);
    Instant before = Instant.now();
    assertThatThrownBy(
            () ->
                rig()
                    .connection
                    .publisher()
                    .publishAndWait(task(rig().queue, "{}"), Duration.ofMillis(700)))
        .isInstanceOf(PublishFailedException.class)
        .hasMessageContaining("not confirmed in time");
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(3));
    assertThat(rig().connection.publisher().tryPublish(task(rig().queue, "{}"))).isFalse();
    assertThat(rig().connection.check().connected()).isFalse();
    assertThat(rig().connection.check().describe()).startsWith("not connected");
    rig().wire.refusing(false);
    rig().connection.publisher().publishAndWait(task(rig().queue, "{}"), SOON);
    assertThat(rig().connection.check().healthy()).isTrue();
  }

  @Test
  default void closing_waits_for_confirms() throws Exception {
    BrokerConnection publishing = rig().open(rig().settings("leaving"));
    List<CompletableFuture<Void>> results = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      results.add(publishing.publisher().publish(task(rig().queue, "{}")));
    }
    publishing.close();
    assertThat(results).allSatisfy(r -> assertThat(r).succeedsWithin(SOON));
    assertThat(publishing.publisher().publish(task(rig().queue, "{}")))
        .failsWithin(SOON)
        .withThrowableThat()
        .withCauseInstanceOf(PublishFailedException.class);
  }
}
