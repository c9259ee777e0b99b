package org.vidtomo.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.vidtomo.messaging.Rig.SOON;
import static org.vidtomo.messaging.Rig.bytes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of messages that cannot be handled. */
interface DeadLetterContract {
  Rig rig();

  @Test
  default void poison_goes_to_the_dead_letters_with_its_reason_and_origin() throws Exception {
    OutgoingMessage message =
        OutgoingMessage.json(
            Topology.TASKS, rig().queue, bytes("bad"), Map.of("x-key-id", "k1"), "id-9");
    rig().connection.publisher().publishAndWait(message, SOON);
    rig().connection.subscribe(rig().queue, 1, d -> d.poison("not signed"));

    Delivery dead = rig().take(rig().connection, Topology.DEAD);
    assertThat(dead.body()).isEqualTo(bytes("bad"));
    assertThat(dead.headers())
        .containsEntry(Topology.REASON_HEADER, "not signed")
        .containsEntry(Topology.ORIGIN_HEADER, rig().queue + " " + rig().queue)
        .containsEntry("x-key-id", "k1");
    assertThat(dead.messageId()).contains("id-9");
    await().atMost(SOON).until(() -> rig().connection.metrics().poisoned() == 1);
    rig().awaitDepth(rig().queue, 0);
  }

  @Test
  default void reason_of_a_dead_letter_is_one_line_of_bounded_length() throws Exception {
    rig().publish(rig().queue, "{}");
    rig().connection.subscribe(rig().queue, 1, d -> d.poison("a\r\nb" + "c".repeat(5_000)));
    assertThat(rig().take(rig().connection, Topology.DEAD).headers().get(Topology.REASON_HEADER))
        .startsWith("a bccc")
        .hasSizeLessThan(1_100);
  }

  @Test
  default void malformed_message_does_not_stop_the_stream() throws Exception {
    Set<String> handled = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 100; i++) {
      rig().publish(rig().queue, i % 25 == 3 ? "not a number" : Integer.toString(i));
    }
    rig()
        .connection
        .subscribe(
            rig().queue,
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
    await().atMost(SOON).until(() -> rig().connection.metrics().poisoned() == 4);
    rig().awaitDepth(Topology.DEAD, 4);
  }

  @Test
  default void failing_message_is_tried_so_often_and_then_dead_lettered() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    List<Integer> attempts = new CopyOnWriteArrayList<>();
    rig().publish(rig().queue, "{}");
    rig()
        .connection
        .subscribe(
            rig().queue,
            1,
            d -> {
              attempts.add(d.attempt());
              throw new IllegalStateException("cannot " + tries.incrementAndGet());
            });
    Delivery dead = rig().take(rig().connection, Topology.DEAD);
    assertThat(dead.headers().get(Topology.REASON_HEADER)).contains("3 times", "cannot 3");
    assertThat(attempts).containsExactly(1, 2, 3);
    await().atMost(SOON).until(() -> rig().connection.metrics().poisoned() == 1);
    assertThat(rig().connection.metrics().retried()).isEqualTo(2);
  }

  @Test
  default void failures_are_counted_over_a_broken_connection() throws Exception {
    List<Integer> attempts = new CopyOnWriteArrayList<>();
    rig().publish(rig().queue, "{}");
    rig()
        .connection
        .subscribe(
            rig().queue,
            1,
            d -> {
              attempts.add(d.attempt());
              if (d.attempt() == 2) {
                rig().wire.cut();
              }
              throw new IllegalStateException("cannot");
            });
    rig().take(rig().connection, Topology.DEAD);
    assertThat(attempts).startsWith(1, 2, 3);
  }

  @Test
  default void failing_message_lets_the_others_pass_and_succeeds_later() throws Exception {
    List<String> handled = new CopyOnWriteArrayList<>();
    rig().publish(rig().queue, "first");
    rig().publish(rig().queue, "second");
    rig()
        .connection
        .subscribe(
            rig().queue,
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
    rig().awaitDepth(rig().queue, 0);
  }
}
