package org.vidtomo.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.vidtomo.messaging.Rig.SOON;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a subscription promises. */
interface ConsumingContract {
  Rig rig();

  @Test
  default void delivery_is_settled_once() throws Exception {
    rig().publish(rig().queue, "{}");
    Delivery delivery = rig().hold(rig().connection, rig().queue);
    delivery.ack();
    delivery.ack();
    delivery.poison("too late");
    delivery.requeue();
    rig().publish(rig().queue, "{}");
    await().atMost(SOON).until(() -> rig().connection.metrics().consumed() == 2);
    assertThat(rig().connection.metrics().acked()).isEqualTo(1);
    assertThat(rig().connection.metrics().poisoned()).isZero();
    assertThat(rig().connection.metrics().requeued()).isZero();
    assertThat(rig().connection.check().healthy()).as("the channel is open").isTrue();
  }

  @Test
  default void deliveries_can_be_settled_together_from_another_thread() throws Exception {
    for (int i = 0; i < 200; i++) {
      rig().publish(rig().queue, Integer.toString(i), false);
      if (i % 50 == 49) {
        List<Delivery> batch = new CopyOnWriteArrayList<>();
        Subscription subscription = rig().connection.subscribe(rig().queue, 50, batch::add);
        await().atMost(SOON).until(() -> batch.size() == 50);
        assertThat(subscription.inFlight()).isEqualTo(50);
        CompletableFuture.runAsync(() -> batch.forEach(Delivery::ack)).get(10, TimeUnit.SECONDS);
        subscription.close();
      }
    }
    assertThat(rig().connection.metrics().acked()).isEqualTo(200);
    rig().awaitDepth(rig().queue, 0);
  }

  @Test
  default void one_that_is_not_settled_holds_up_no_other() throws Exception {
    for (int i = 0; i < 100; i++) {
      rig().publish(rig().queue, Integer.toString(i), false);
    }
    List<Delivery> all = new CopyOnWriteArrayList<>();
    BrokerConnection consumer = rig().open(rig().settings("holding"));
    Subscription subscription = consumer.subscribe(rig().queue, 100, all::add);
    await().atMost(SOON).until(() -> all.size() == 100);
    for (int i = 99; i >= 0; i--) {
      if (i == 70) {
        all.get(i).requeue();
      } else if (i != 30) {
        all.get(i).ack();
      }
    }
    await().atMost(SOON).until(() -> consumer.metrics().acked() == 98);
    await().atMost(SOON).until(() -> all.size() == 101);
    assertThat(all.get(100).body()).isEqualTo("70".getBytes(UTF_8));
    assertThat(subscription.inFlight()).isEqualTo(2);
    all.get(100).ack();
    await().atMost(SOON).until(() -> subscription.inFlight() == 1);
    consumer.close();
    rig().awaitDepth(rig().queue, 1);
    assertThat(rig().hold(rig().connection, rig().queue).body()).isEqualTo("30".getBytes(UTF_8));
  }

  @Test
  default void requeued_message_comes_again() throws Exception {
    rig().publish(rig().queue, "{}");
    AtomicInteger times = new AtomicInteger();
    rig()
        .connection
        .subscribe(
            rig().queue,
            1,
            d -> {
              if (times.incrementAndGet() == 1) {
                d.requeue();
              } else {
                d.ack();
              }
            });
    await().atMost(SOON).until(() -> rig().connection.metrics().acked() == 1);
    assertThat(rig().connection.metrics().requeued()).isEqualTo(1);
  }

  @Test
  default void prefetch_bounds_what_is_in_flight() throws Exception {
    for (int i = 0; i < 20; i++) {
      rig().publish(rig().queue, "{}", false);
    }
    rig().awaitDepth(rig().queue, 20);
    Subscription subscription = rig().connection.subscribe(rig().queue, 3, d -> {});
    await().atMost(SOON).until(() -> subscription.inFlight() == 3);
    rig().publish(rig().queue, "one more");
    assertThat(subscription.inFlight()).isEqualTo(3);
  }

  @Test
  default void paused_subscription_takes_nothing_until_it_is_resumed() throws Exception {
    List<String> handled = new CopyOnWriteArrayList<>();
    Subscription subscription =
        rig()
            .connection
            .subscribe(
                rig().queue,
                5,
                d -> {
                  handled.add(new String(d.body(), UTF_8));
                  d.ack();
                });
    rig().publish(rig().queue, "before");
    await().atMost(SOON).until(() -> handled.size() == 1);

    subscription.pause();
    subscription.pause();
    rig().publish(rig().queue, "meanwhile");
    rig().awaitDepth(rig().queue, 1);
    assertThat(handled).containsExactly("before");
    assertThat(rig().connection.check().paused()).isEqualTo(1);
    assertThat(rig().connection.check().healthy()).isTrue();
    rig().wire.cut();
    await().atMost(SOON).until(() -> rig().connection.metrics().connections() == 2);
    rig().awaitDepth(rig().queue, 1);
    assertThat(handled).as("paused over a reconnect").containsExactly("before");

    subscription.resume();
    await().atMost(SOON).until(() -> handled.size() == 2);
    assertThat(handled).containsExactly("before", "meanwhile");
  }

  @Test
  default void closing_waits_for_what_is_in_flight_and_leaves_the_rest() throws Exception {
    for (int i = 0; i < 10; i++) {
      rig().publish(rig().queue, "{}", false);
    }
    rig().awaitDepth(rig().queue, 10);
    CountDownLatch handling = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    BrokerConnection consumer = rig().open(rig().settings("closing"));
    Subscription subscription =
        consumer.subscribe(
            rig().queue,
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
    rig().awaitDepth(rig().queue, 9);
  }

  @Test
  default void closing_is_bounded_when_a_handler_hangs() throws Exception {
    rig().publish(rig().queue, "{}");
    BrokerConnection consumer =
        rig().open(rig().settings("hanging").withCloseTimeout(Duration.ofMillis(500)));
    CountDownLatch never = new CountDownLatch(1);
    consumer.subscribe(rig().queue, 1, d -> never.await());
    await().atMost(SOON).until(() -> consumer.metrics().consumed() == 1);
    Instant before = Instant.now();
    consumer.close();
    consumer.close();
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
    rig().awaitDepth(rig().queue, 1);
  }
}
