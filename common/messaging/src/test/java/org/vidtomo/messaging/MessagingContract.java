package org.vidtomo.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What messaging promises, on every broker. */
@Timeout(180)
abstract class MessagingContract {
  /** Something that happens to the broker. */
  interface Disturbance {
    void happen() throws Exception;
  }

  static final Duration SOON = Duration.ofSeconds(20);

  private final List<AutoCloseable> opened = new ArrayList<>();
  private Wire wire;
  BrokerConnection connection;
  String queue;

  /** The broker under test. */
  abstract TestBroker broker();

  @BeforeEach
  void connect() throws Exception {
    wire = new Wire(broker().uri());
    connection = open(settings("test"));
    connection.topology().declareShared();
    queue = Topology.newAgentQueue();
    connection.topology().declareAgentQueue(queue);
    emptySharedQueues();
  }

  @AfterEach
  void accountsBalance() throws Exception {
    MessagingMetrics metrics = connection.metrics();
    wire.silent(false);
    connection.topology().deleteAgentQueue(queue);
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
    wire.close();
    assertThat(metrics.confirmed() + metrics.unroutable() + metrics.failed())
        .as("every message published has one fate")
        .isEqualTo(metrics.published());
  }

  @Test
  void message_arrives_whole_and_is_confirmed() throws Exception {
    OutgoingMessage message =
        OutgoingMessage.json(
            Topology.TASKS, queue, bytes("{}"), Map.of("x-signature", "ünï"), "id-1");
    connection.publisher().publish(message).get(20, TimeUnit.SECONDS);

    Delivery delivery = take(connection, queue);
    assertThat(delivery.body()).isEqualTo(bytes("{}"));
    assertThat(delivery.headers()).containsEntry("x-signature", "ünï");
    assertThat(delivery.messageId()).contains("id-1");
    assertThat(delivery.routingKey()).isEqualTo(queue);
    assertThat(delivery.queue()).isEqualTo(queue);
    assertThat(delivery.userId()).contains(broker().uri().getUserInfo().split(":")[0]);
    assertThat(delivery.timestamp().orElseThrow())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    assertThat(delivery.redelivered()).isFalse();
    assertThat(connection.metrics().confirmed()).isEqualTo(1);
  }

  @Test
  void mandatory_message_that_no_queue_takes_is_unroutable() {
    OutgoingMessage lost = task("vidtomo.tasks.nobody", "{}");
    assertThatThrownBy(() -> connection.publisher().publishAndWait(lost, SOON))
        .isInstanceOf(UnroutableException.class)
        .hasMessageContaining("vidtomo.tasks.nobody");
    assertThat(connection.metrics().unroutable()).isEqualTo(1);
  }

  @Test
  void unroutable_among_many_is_told_from_the_routed() throws Exception {
    List<CompletableFuture<Void>> results = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      String to = i % 10 == 5 ? "vidtomo.tasks.nobody" : queue;
      results.add(connection.publisher().publish(task(to, "{}")));
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
  void optional_message_that_no_queue_takes_is_confirmed() {
    OutgoingMessage passing =
        OutgoingMessage.passingJson(Topology.PRESENCE, "agent", bytes("{}"), Map.of(), id());
    connection.publisher().publishAndWait(passing, SOON);
    assertThat(connection.metrics().confirmed()).isEqualTo(1);
  }

  @Test
  void full_queue_refuses_clearly() {
    List<CompletableFuture<Void>> results = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      results.add(connection.publisher().publish(task(queue, "{}")));
    }
    assertThat(results.subList(0, 100)).allSatisfy(r -> assertThat(r).succeedsWithin(SOON));
    assertThat(results.get(100))
        .failsWithin(SOON)
        .withThrowableThat()
        .withCauseInstanceOf(PublishFailedException.class)
        .withMessageContaining("refused");
    awaitDepth(queue, 100);
  }

  @Test
  void slow_listener_misses_the_oldest_and_blocks_nobody() {
    CountDownLatch never = new CountDownLatch(1);
    Subscription slow = connection.topology().subscribeOutcomes(1, d -> never.await());
    await().atMost(SOON).until(slow::consuming);
    List<CompletableFuture<Void>> results = new ArrayList<>();
    for (int i = 0; i < 10_050; i++) {
      OutgoingMessage passing =
          OutgoingMessage.passingJson(Topology.OUTCOMES, "", bytes("{}"), Map.of(), "m" + i);
      results.add(connection.publisher().publish(passing));
    }
    assertThat(results).allSatisfy(r -> assertThat(r).succeedsWithin(SOON));
    assertThat(connection.topology().messageCount(slow.queue()).orElseThrow())
        .isBetween(9_000L, 10_000L);
    never.countDown();
  }

  @Test
  void missing_exchange_fails_its_message_and_no_other() throws Exception {
    List<CompletableFuture<Void>> good = new ArrayList<>();
    List<CompletableFuture<Void>> bad = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      good.add(connection.publisher().publish(task(queue, "{}")));
      if (i % 20 == 10) {
        bad.add(
            connection
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
  void unacked_message_is_redelivered_when_the_connection_breaks() throws Exception {
    publish(queue, "{}");
    List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    connection.subscribe(queue, 1, deliveries::add);
    await().atMost(SOON).until(() -> deliveries.size() == 1);

    wire.cut();

    await().atMost(SOON).until(() -> deliveries.size() == 2);
    assertThat(deliveries.get(1).redelivered()).isTrue();
    deliveries.get(0).ack();
    deliveries.get(1).ack();
    assertThat(connection.metrics().lost()).as("the ack of the broken connection").isEqualTo(1);
    assertThat(connection.metrics().acked()).isEqualTo(1);
    awaitDepth(queue, 0);
    assertThat(deliveries).hasSize(2);
  }

  @Test
  void poison_goes_to_the_dead_letters_with_its_reason_and_origin() throws Exception {
    OutgoingMessage message =
        OutgoingMessage.json(Topology.TASKS, queue, bytes("bad"), Map.of("x-key-id", "k1"), "id-9");
    connection.publisher().publishAndWait(message, SOON);
    connection.subscribe(queue, 1, d -> d.poison("not signed"));

    Delivery dead = take(connection, Topology.DEAD);
    assertThat(dead.body()).isEqualTo(bytes("bad"));
    assertThat(dead.headers())
        .containsEntry(Topology.REASON_HEADER, "not signed")
        .containsEntry(Topology.ORIGIN_HEADER, queue + " " + queue)
        .containsEntry("x-key-id", "k1");
    assertThat(dead.messageId()).contains("id-9");
    await().atMost(SOON).until(() -> connection.metrics().poisoned() == 1);
    awaitDepth(queue, 0);
  }

  @Test
  void reason_of_a_dead_letter_is_one_line_of_bounded_length() throws Exception {
    publish(queue, "{}");
    connection.subscribe(queue, 1, d -> d.poison("a\r\nb" + "c".repeat(5_000)));
    assertThat(take(connection, Topology.DEAD).headers().get(Topology.REASON_HEADER))
        .startsWith("a bccc")
        .hasSizeLessThan(1_100);
  }

  @Test
  void malformed_message_does_not_stop_the_stream() throws Exception {
    Set<String> handled = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 100; i++) {
      publish(queue, i % 25 == 3 ? "not a number" : Integer.toString(i));
    }
    connection.subscribe(
        queue,
        10,
        d -> {
          String body = new String(d.body(), UTF_8);
          try {
            handled.add(Integer.toString(Integer.parseInt(body)));
          } catch (NumberFormatException e) {
            throw new PoisonException("malformed: " + body, e);
          }
          d.ack();
        });
    await().atMost(SOON).until(() -> handled.size() == 96);
    await().atMost(SOON).until(() -> connection.metrics().poisoned() == 4);
    awaitDepth(Topology.DEAD, 4);
  }

  @Test
  void failing_message_is_tried_so_often_and_then_dead_lettered() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    List<Integer> attempts = new CopyOnWriteArrayList<>();
    publish(queue, "{}");
    connection.subscribe(
        queue,
        1,
        d -> {
          attempts.add(d.attempt());
          throw new IllegalStateException("cannot " + tries.incrementAndGet());
        });
    Delivery dead = take(connection, Topology.DEAD);
    assertThat(dead.headers().get(Topology.REASON_HEADER)).contains("3 times", "cannot 3");
    assertThat(attempts).containsExactly(1, 2, 3);
    await().atMost(SOON).until(() -> connection.metrics().poisoned() == 1);
    assertThat(connection.metrics().retried()).isEqualTo(2);
  }

  @Test
  void failures_are_counted_over_a_broken_connection() throws Exception {
    List<Integer> attempts = new CopyOnWriteArrayList<>();
    publish(queue, "{}");
    connection.subscribe(
        queue,
        1,
        d -> {
          attempts.add(d.attempt());
          if (d.attempt() == 2) {
            wire.cut();
          }
          throw new IllegalStateException("cannot");
        });
    take(connection, Topology.DEAD);
    assertThat(attempts).startsWith(1, 2, 3);
  }

  @Test
  void failing_message_lets_the_others_pass_and_succeeds_later() throws Exception {
    List<String> handled = new CopyOnWriteArrayList<>();
    publish(queue, "first");
    publish(queue, "second");
    connection.subscribe(
        queue,
        2,
        d -> {
          String body = new String(d.body(), UTF_8);
          if (body.equals("first") && d.attempt() == 1) {
            throw new StackOverflowError("once");
          }
          handled.add(body);
          d.ack();
        });
    await().atMost(SOON).until(() -> handled.size() == 2);
    assertThat(handled).containsExactly("second", "first");
    awaitDepth(queue, 0);
  }

  @Test
  void delivery_is_settled_once() throws Exception {
    publish(queue, "{}");
    Delivery delivery = hold(connection, queue);
    delivery.ack();
    delivery.ack();
    delivery.poison("too late");
    delivery.requeue();
    publish(queue, "{}");
    await().atMost(SOON).until(() -> connection.metrics().consumed() == 2);
    assertThat(connection.metrics().acked()).isEqualTo(1);
    assertThat(connection.metrics().poisoned()).isZero();
    assertThat(connection.metrics().requeued()).isZero();
    assertThat(connection.check().healthy()).as("the channel is open").isTrue();
  }

  @Test
  void deliveries_can_be_settled_together_from_another_thread() throws Exception {
    for (int i = 0; i < 200; i++) {
      publish(queue, Integer.toString(i), false);
      if (i % 50 == 49) {
        List<Delivery> batch = new CopyOnWriteArrayList<>();
        Subscription subscription = connection.subscribe(queue, 50, batch::add);
        await().atMost(SOON).until(() -> batch.size() == 50);
        assertThat(subscription.inFlight()).isEqualTo(50);
        CompletableFuture.runAsync(() -> batch.forEach(Delivery::ack)).get(10, TimeUnit.SECONDS);
        subscription.close();
      }
    }
    assertThat(connection.metrics().acked()).isEqualTo(200);
    awaitDepth(queue, 0);
  }

  @Test
  void requeued_message_comes_again() throws Exception {
    publish(queue, "{}");
    AtomicInteger times = new AtomicInteger();
    connection.subscribe(
        queue,
        1,
        d -> {
          if (times.incrementAndGet() == 1) {
            d.requeue();
          } else {
            d.ack();
          }
        });
    await().atMost(SOON).until(() -> connection.metrics().acked() == 1);
    assertThat(connection.metrics().requeued()).isEqualTo(1);
  }

  @Test
  void prefetch_bounds_what_is_in_flight() throws Exception {
    for (int i = 0; i < 20; i++) {
      publish(queue, "{}", false);
    }
    awaitDepth(queue, 20);
    Subscription subscription = connection.subscribe(queue, 3, d -> {});
    await().atMost(SOON).until(() -> subscription.inFlight() == 3);
    publish(queue, "one more");
    assertThat(subscription.inFlight()).isEqualTo(3);
  }

  @Test
  void paused_subscription_takes_nothing_until_it_is_resumed() throws Exception {
    List<String> handled = new CopyOnWriteArrayList<>();
    Subscription subscription =
        connection.subscribe(
            queue,
            5,
            d -> {
              handled.add(new String(d.body(), UTF_8));
              d.ack();
            });
    publish(queue, "before");
    await().atMost(SOON).until(() -> handled.size() == 1);

    subscription.pause();
    subscription.pause();
    publish(queue, "meanwhile");
    awaitDepth(queue, 1);
    assertThat(handled).containsExactly("before");
    assertThat(connection.check().paused()).isEqualTo(1);
    assertThat(connection.check().healthy()).isTrue();
    wire.cut();
    await().atMost(SOON).until(() -> connection.metrics().connections() == 2);
    awaitDepth(queue, 1);
    assertThat(handled).as("paused over a reconnect").containsExactly("before");

    subscription.resume();
    await().atMost(SOON).until(() -> handled.size() == 2);
    assertThat(handled).containsExactly("before", "meanwhile");
  }

  @Test
  void closing_waits_for_what_is_in_flight_and_leaves_the_rest() throws Exception {
    for (int i = 0; i < 10; i++) {
      publish(queue, "{}", false);
    }
    awaitDepth(queue, 10);
    CountDownLatch handling = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    BrokerConnection consumer = open(settings("closing"));
    Subscription subscription =
        consumer.subscribe(
            queue,
            4,
            d -> {
              handling.countDown();
              finish.await(10, TimeUnit.SECONDS);
              d.ack();
            });
    assertThat(handling.await(20, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(subscription::close);
    await().atMost(SOON).until(() -> !subscription.consuming());
    assertThat(closing).isNotDone();
    finish.countDown();
    assertThat(closing).succeedsWithin(SOON);
    assertThat(consumer.metrics().acked()).isEqualTo(1);
    awaitDepth(queue, 9);
  }

  @Test
  void closing_is_bounded_when_a_handler_hangs() throws Exception {
    publish(queue, "{}");
    BrokerConnection consumer = open(settings("hanging").withCloseTimeout(Duration.ofMillis(500)));
    CountDownLatch never = new CountDownLatch(1);
    consumer.subscribe(queue, 1, d -> never.await());
    await().atMost(SOON).until(() -> consumer.metrics().consumed() == 1);
    Instant before = Instant.now();
    consumer.close();
    consumer.close();
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
    awaitDepth(queue, 1);
  }

  @Test
  void closing_is_bounded_when_the_broker_is_silent() {
    publish(queue, "{}");
    BrokerConnection consumer = open(settings("silent").withCloseTimeout(Duration.ofSeconds(1)));
    consumer.subscribe(queue, 1, d -> {});
    await().atMost(SOON).until(() -> consumer.metrics().consumed() == 1);
    wire.silent(true);
    CompletableFuture<Void> unconfirmed = consumer.publisher().publish(task(queue, "{}"));
    Instant before = Instant.now();
    consumer.close();
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
    assertThat(unconfirmed).failsWithin(SOON);
    wire.silent(false);
  }

  @Test
  void closing_waits_for_confirms() throws Exception {
    BrokerConnection publishing = open(settings("leaving"));
    List<CompletableFuture<Void>> results = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      results.add(publishing.publisher().publish(task(queue, "{}")));
    }
    publishing.close();
    assertThat(results).allSatisfy(r -> assertThat(r).succeedsWithin(SOON));
    assertThat(publishing.publisher().publish(task(queue, "{}")))
        .failsWithin(SOON)
        .withThrowableThat()
        .withCauseInstanceOf(PublishFailedException.class);
  }

  @Test
  void outstanding_messages_are_bounded_and_the_next_fails_clearly() {
    connection.publisher().publishAndWait(task(queue, "{}"), SOON);
    BrokerConnection small =
        open(settings("small").withPublishing(SOON, 10, Duration.ofMillis(300)));
    small.awaitConnected(SOON);
    small.publisher().publishAndWait(task(queue, "{}"), SOON);
    wire.silent(true);
    List<CompletableFuture<Void>> held = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      held.add(small.publisher().publish(task(queue, "{}")));
    }
    assertThat(small.metrics().outstanding()).isEqualTo(10);
    assertThat(small.publisher().publish(task(queue, "{}")))
        .failsWithin(SOON)
        .withThrowableThat()
        .withMessageContaining("10 messages are outstanding");
    assertThat(small.publisher().tryPublish(task(queue, "{}"))).isFalse();
    wire.silent(false);
    assertThat(held).allSatisfy(h -> assertThat(h).succeedsWithin(SOON));
    assertThat(small.metrics().outstanding()).isZero();
  }

  @Test
  void publishing_without_a_broker_fails_at_its_deadline() throws Exception {
    wire.refusing(true);
    Instant before = Instant.now();
    assertThatThrownBy(
            () -> connection.publisher().publishAndWait(task(queue, "{}"), Duration.ofMillis(700)))
        .isInstanceOf(PublishFailedException.class)
        .hasMessageContaining("not confirmed in time");
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(3));
    assertThat(connection.publisher().tryPublish(task(queue, "{}"))).isFalse();
    assertThat(connection.check().connected()).isFalse();
    assertThat(connection.check().describe()).startsWith("not connected");
    wire.refusing(false);
    connection.publisher().publishAndWait(task(queue, "{}"), SOON);
    assertThat(connection.check().healthy()).isTrue();
  }

  @Test
  void broken_connections_lose_nothing() throws Exception {
    int messages = 3_000;
    Set<String> arrived = consumeBodies(Topology.REPORTS_INGEST);
    CompletableFuture<Void> cutting =
        CompletableFuture.runAsync(
            () -> {
              for (int step = 1; step <= 4; step++) {
                int reached = step * messages / 5;
                await().atMost(SOON).until(() -> connection.metrics().confirmed() >= reached);
                wire.cut();
              }
            });
    publishReports(connection, messages);
    assertThat(cutting).succeedsWithin(Duration.ofSeconds(60));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(arrived).hasSize(messages));
    assertThat(connection.metrics().connections()).isGreaterThan(1);
  }

  @Test
  void broker_restart_loses_nothing() {
    losesNothing(broker()::restart);
  }

  @Test
  void wrong_password_is_told_without_the_right_one() throws Exception {
    URI uri = broker().uri();
    String user = uri.getUserInfo().split(":")[0];
    URI wrong = URI.create(uri.toString().replace(uri.getRawUserInfo(), user + ":wr0ng"));
    BrokerConnection refused = open(BrokerSettings.of(wrong, "refused"));
    await().atMost(SOON).until(() -> refused.check().problem().isPresent());
    assertThatThrownBy(() -> refused.awaitConnected(Duration.ofMillis(100)))
        .isInstanceOf(BrokerUnavailableException.class)
        .hasMessageContaining("refuses this user")
        .hasMessageNotContaining("wr0ng");
    assertThat(refused.check().describe()).contains("refuses this user");
  }

  void losesNothing(Disturbance disturbance) {
    int messages = 5_000;
    Set<String> arrived = consumeBodies(Topology.REPORTS_INGEST);
    CompletableFuture<Void> restarting =
        CompletableFuture.runAsync(
            () -> {
              await().atMost(SOON).until(() -> connection.metrics().confirmed() >= 1_000);
              try {
                disturbance.happen();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    publishReports(connection, messages);
    assertThat(restarting).succeedsWithin(Duration.ofSeconds(120));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(arrived).hasSize(messages));
    assertThat(connection.metrics().failed()).isZero();
    assertThat(connection.metrics().confirmed()).isEqualTo(messages);
    assertThat(connection.metrics().connections()).isGreaterThan(1);
    assertThat(connection.check().healthy()).isTrue();
  }

  @Test
  void listeners_hear_outcomes_also_after_a_reconnect() throws Exception {
    List<String> first = new CopyOnWriteArrayList<>();
    List<String> second = new CopyOnWriteArrayList<>();
    BrokerConnection other = open(settings("other"));
    Subscription one = connection.topology().subscribeOutcomes(10, collecting(first));
    Subscription two = other.topology().subscribeOutcomes(10, collecting(second));
    await().atMost(SOON).until(() -> one.consuming() && two.consuming());
    outcome("a");
    await().atMost(SOON).until(() -> first.contains("a") && second.contains("a"));

    wire.cut();
    await()
        .atMost(SOON)
        .until(() -> connection.metrics().connections() == 2 && other.metrics().connections() == 2);
    await().atMost(SOON).until(() -> one.consuming() && two.consuming());
    outcome("b");
    await().atMost(SOON).until(() -> first.contains("b") && second.contains("b"));
    List<String> coordinator = new CopyOnWriteArrayList<>();
    connection.subscribe(Topology.OUTCOMES_COORDINATOR, 10, collecting(coordinator));
    await().atMost(SOON).until(() -> coordinator.containsAll(List.of("a", "b")));
  }

  @Test
  void presence_is_heard_by_routing_key() {
    List<String> agents = new CopyOnWriteArrayList<>();
    Subscription subscription =
        connection
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
    await().atMost(SOON).until(() -> connection.publisher().tryPublish(alive));
    await().atMost(SOON).until(() -> agents.contains("agent-7"));
  }

  @Test
  void missing_queue_shows_as_not_consuming_until_it_is_there() throws Exception {
    BrokerConnection agent = open(settings("agent"));
    agent.awaitConnected(SOON);
    String late = Topology.newAgentQueue();
    Subscription subscription = agent.subscribe(late, 1, Delivery::ack);
    await().atMost(SOON).until(() -> agent.check().problem().isPresent());
    assertThat(agent.check().healthy()).isFalse();
    assertThat(agent.check().describe()).startsWith("connected but not consuming").contains(late);

    connection.topology().declareAgentQueue(late);
    await().atMost(SOON).until(subscription::consuming);
    assertThat(agent.check().healthy()).isTrue();

    connection.topology().deleteAgentQueue(late);
    await().atMost(SOON).until(() -> !subscription.consuming());
    connection.topology().declareAgentQueue(late);
    publish(late, "{}");
    await().atMost(SOON).until(() -> agent.metrics().acked() == 1);
    connection.topology().deleteAgentQueue(late);
  }

  @Test
  void queue_can_be_measured_purged_and_deleted() throws Exception {
    Topology topology = connection.topology();
    for (int i = 0; i < 7; i++) {
      publish(queue, "{}", false);
    }
    awaitDepth(queue, 7);
    assertThat(topology.purgeAgentQueue(queue)).isEqualTo(7);
    awaitDepth(queue, 0);
    topology.deleteAgentQueue(queue);
    assertThat(topology.messageCount(queue)).isEmpty();
    topology.declareAgentQueue(queue);
    topology.declareShared();
    assertThat(topology.messageCount(queue)).hasValue(0);
  }

  @Test
  void what_was_declared_is_there_again_when_the_queue_was_lost_meanwhile() throws Exception {
    BrokerConnection other = open(settings("other"));
    other.topology().deleteAgentQueue(queue);
    wire.cut();
    await().atMost(SOON).until(() -> connection.metrics().connections() == 2);
    connection.publisher().publishAndWait(task(queue, "{}"), SOON);
  }

  @Test
  void connection_before_the_broker_can_be_reached_waits_for_it() throws Exception {
    wire.refusing(true);
    BrokerConnection early = open(settings("early"));
    assertThatThrownBy(() -> early.awaitConnected(Duration.ofMillis(300)))
        .isInstanceOf(BrokerUnavailableException.class)
        .hasMessageNotContaining("guest:");
    CompletableFuture<Void> published = early.publisher().publish(task(queue, "{}"));
    wire.refusing(false);
    assertThat(published).succeedsWithin(SOON);
  }

  BrokerConnection open(BrokerSettings settings) {
    BrokerConnection made =
        new BrokerConnection(settings, new MessagingMetrics(), Clock.systemUTC());
    opened.add(made);
    made.start();
    return made;
  }

  BrokerSettings settings(String name) {
    URI uri = wire.through(broker().uri());
    return BrokerSettings.of(uri, name)
        .withRetries(3, Duration.ofMillis(50))
        .withConnecting(Duration.ofSeconds(5), Duration.ofSeconds(20), SOON, Duration.ofSeconds(1))
        .withPublishing(Duration.ofSeconds(90), 100, Duration.ofSeconds(60))
        .withCloseTimeout(Duration.ofSeconds(2));
  }

  void publish(String to, String body) {
    publish(to, body, true);
  }

  private void publish(String to, String body, boolean wait) {
    CompletableFuture<Void> result = connection.publisher().publish(task(to, body));
    if (wait) {
      assertThat(result).succeedsWithin(SOON);
    }
  }

  void awaitDepth(String of, long depth) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(connection.topology().messageCount(of)).as(of).hasValue(depth));
  }

  Delivery take(BrokerConnection from, String of) throws Exception {
    CompletableFuture<Delivery> taken = new CompletableFuture<>();
    Subscription subscription =
        from.subscribe(
            of,
            1,
            d -> {
              d.ack();
              taken.complete(d);
            });
    try {
      return taken.get(30, TimeUnit.SECONDS);
    } finally {
      subscription.close();
    }
  }

  static OutgoingMessage task(String to, String body) {
    return OutgoingMessage.json(Topology.TASKS, to, bytes(body), Map.of(), id());
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static String id() {
    return UUID.randomUUID().toString();
  }

  private Delivery hold(BrokerConnection from, String of) throws Exception {
    CompletableFuture<Delivery> held = new CompletableFuture<>();
    from.subscribe(of, 1, held::complete);
    return held.get(30, TimeUnit.SECONDS);
  }

  private void publishReports(BrokerConnection by, int messages) {
    List<CompletableFuture<Void>> results =
        IntStream.range(0, messages)
            .mapToObj(
                i ->
                    by.publisher()
                        .publish(
                            OutgoingMessage.json(
                                Topology.REPORTS,
                                Topology.reportKey("agent", "ok"),
                                bytes("report-" + i),
                                Map.of(),
                                "report-" + i)))
            .collect(Collectors.toList());
    assertThat(CompletableFuture.allOf(results.toArray(new CompletableFuture<?>[0])))
        .succeedsWithin(Duration.ofSeconds(120));
  }

  private Set<String> consumeBodies(String of) {
    Set<String> arrived = ConcurrentHashMap.newKeySet();
    connection.subscribe(
        of,
        100,
        d -> {
          arrived.add(new String(d.body(), UTF_8));
          d.ack();
        });
    return arrived;
  }

  private static Handler collecting(List<String> bodies) {
    return d -> {
      bodies.add(new String(d.body(), UTF_8));
      d.ack();
    };
  }

  private void outcome(String body) {
    connection
        .publisher()
        .publishAndWait(
            OutgoingMessage.json(Topology.OUTCOMES, "", bytes(body), Map.of(), id()), SOON);
  }

  private void emptySharedQueues() {
    try (BrokerConnection cleaner = new BrokerConnection(settings("cleaner"))) {
      cleaner.start();
      for (String shared :
          List.of(Topology.DEAD, Topology.REPORTS_INGEST, Topology.OUTCOMES_COORDINATOR)) {
        cleaner.subscribe(shared, 100, Delivery::ack);
        awaitDepth(shared, 0);
      }
    }
  }
}
