package org.vidtomo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.vidtomo.messaging.Rig.SOON;
import static org.vidtomo.messaging.Rig.bytes;
import static org.vidtomo.messaging.Rig.collecting;
import static org.vidtomo.messaging.Rig.id;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What the exchanges and queues do. */
interface TopologyContract {
  Rig rig();

  @Test
  default void queue_can_be_measured_purged_and_deleted() throws Exception {
    Topology topology = rig().connection.topology();
    for (int i = 0; i < 7; i++) {
      rig().publish(rig().queue, "{}", false);
    }
    rig().awaitDepth(rig().queue, 7);
    assertThat(topology.purgeAgentQueue(rig().queue)).isEqualTo(7);
    rig().awaitDepth(rig().queue, 0);
    topology.deleteAgentQueue(rig().queue);
    assertThat(topology.messageCount(rig().queue)).isEmpty();
    topology.declareAgentQueue(rig().queue);
    topology.declareShared();
    assertThat(topology.messageCount(rig().queue)).hasValue(0);
  }

  @Test
  default void missing_queue_shows_as_not_consuming_until_it_is_there() throws Exception {
    BrokerConnection agent = rig().open(rig().settings("agent"));
    agent.awaitConnected(SOON);
    String late = Topology.newAgentQueue();
    Subscription subscription = agent.subscribe(late, 1, Delivery::ack);
    await().atMost(SOON).until(() -> agent.check().problem().isPresent());
    assertThat(agent.check().healthy()).isFalse();
    assertThat(agent.check().describe()).startsWith("connected but not consuming").contains(late);

    rig().connection.topology().declareAgentQueue(late);
    await().atMost(SOON).until(subscription::consuming);
    assertThat(agent.check().healthy()).isTrue();

    rig().connection.topology().deleteAgentQueue(late);
    await().atMost(SOON).until(() -> !subscription.consuming());
    rig().connection.topology().declareAgentQueue(late);
    rig().publish(late, "{}");
    await().atMost(SOON).until(() -> agent.metrics().acked() == 1);
    rig().connection.topology().deleteAgentQueue(late);
  }

  @Test
  default void listeners_hear_outcomes_also_after_a_reconnect() throws Exception {
    List<String> first = new CopyOnWriteArrayList<>();
    List<String> second = new CopyOnWriteArrayList<>();
    BrokerConnection other = rig().open(rig().settings("other"));
    Subscription one = rig().connection.topology().subscribeOutcomes(10, collecting(first));
    Subscription two = other.topology().subscribeOutcomes(10, collecting(second));
    await().atMost(SOON).until(() -> one.consuming() && two.consuming());
    rig().outcome("a");
    await().atMost(SOON).until(() -> first.contains("a") && second.contains("a"));

    rig().wire.cut();
    await()
        .atMost(SOON)
        .until(
            () ->
                rig().connection.metrics().connections() == 2
                    && other.metrics().connections() == 2);
    await().atMost(SOON).until(() -> one.consuming() && two.consuming());
    rig().outcome("b");
    await().atMost(SOON).until(() -> first.contains("b") && second.contains("b"));
    List<String> coordinator = new CopyOnWriteArrayList<>();
    rig().connection.subscribe(Topology.OUTCOMES_COORDINATOR, 10, collecting(coordinator));
    await().atMost(SOON).until(() -> coordinator.containsAll(List.of("a", "b")));
  }

  @Test
  default void presence_is_heard_by_routing_key_on_a_queue_that_goes_with_the_listener() {
    List<String> agents = new CopyOnWriteArrayList<>();
    Subscription subscription =
        rig()
            .connection
            .topology()
            .subscribePresence(
                10,
                d -> {
                  agents.add(d.routingKey());
                  d.ack();
                });
    await().atMost(SOON).until(subscription::consuming);
    OutgoingMessage alive =
        OutgoingMessage.passingJson(Topology.PRESENCE, "agent-7", bytes("{}"), Map.of(), id());
    await().atMost(SOON).until(() -> rig().connection.publisher().tryPublish(alive));
    await().atMost(SOON).until(() -> agents.contains("agent-7"));
    subscription.close();
    assertThat(rig().connection.topology().messageCount(subscription.queue())).isEmpty();
  }

  @Test
  default void slow_listener_misses_the_oldest_and_blocks_nobody() {
    CountDownLatch never = new CountDownLatch(1);
    Subscription slow = rig().connection.topology().subscribeOutcomes(1, d -> never.await());
    await().atMost(SOON).until(slow::consuming);
    List<CompletableFuture<Void>> results = new ArrayList<>();
    for (int i = 0; i < 10_050; i++) {
      OutgoingMessage passing =
          OutgoingMessage.passingJson(Topology.OUTCOMES, "", bytes("{}"), Map.of(), "m" + i);
      results.add(rig().connection.publisher().publish(passing));
    }
    assertThat(results).allSatisfy(r -> assertThat(r).succeedsWithin(SOON));
    assertThat(rig().connection.topology().messageCount(slow.queue()).orElseThrow())
        .isBetween(9_000L, 10_000L);
    never.countDown();
  }
}
