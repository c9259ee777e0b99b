package org.vidtomo.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.vidtomo.messaging.Rig.SOON;
import static org.vidtomo.messaging.Rig.bytes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.vidtomo.messaging.DeadLetterQueue.Decision;

/** What a person can do with dead letters. */
interface DeadLetterQueueContract {
  Rig rig();

  /** Decides by the body, and remembers what came of it. */
  final class Person implements DeadLetterQueue.Visitor {
    final List<DeadLetter> seen = new ArrayList<>();
    final List<String> done = new ArrayList<>();
    final List<String> failures = new ArrayList<>();
    private final Function<String, Decision> decision;

    Person(Function<String, Decision> decision) {
      this.decision = decision;
    }

    List<String> bodies() {
      return seen.stream().map(letter -> new String(letter.body(), UTF_8)).toList();
    }

    @Override
    public Decision look(DeadLetter letter) {
      seen.add(letter);
      return decision.apply(new String(letter.body(), UTF_8));
    }

    @Override
    public void done(DeadLetter letter, Decision what) {
      done.add(what + " " + new String(letter.body(), UTF_8));
    }

    @Override
    public void failed(DeadLetter letter, String why) {
      failures.add(why);
    }
  }

  private void bury(String... bodies) {
    Subscription burying =
        rig().connection.subscribe(rig().queue, 1, d -> d.poison("bad " + new String(d.body())));
    for (String body : bodies) {
      OutgoingMessage message =
          OutgoingMessage.json(
              Topology.TASKS, rig().queue, bytes(body), Map.of("x-key-id", "k1"), "id-" + body);
      rig().connection.publisher().publishAndWait(message, SOON);
    }
    await().atMost(SOON).until(() -> rig().connection.metrics().poisoned() >= bodies.length);
    burying.close();
    rig().awaitDepth(Topology.DEAD, bodies.length);
  }

  private Person visit(Function<String, Decision> decision) {
    Person person = new Person(decision);
    rig().connection.deadLetters().visit(100, person);
    return person;
  }

  @Test
  default void dead_letters_can_be_looked_at_often_and_stay_as_they_are() {
    bury("a", "b", "c");
    for (int i = 0; i < 3; i++) {
      Person person = visit(body -> Decision.KEEP);
      assertThat(person.bodies()).containsExactly("a", "b", "c");
      rig().awaitDepth(Topology.DEAD, 3);
    }
    DeadLetter letter = visit(body -> Decision.KEEP).seen.get(1);
    assertThat(letter.reason()).isEqualTo("bad b");
    assertThat(letter.origin()).contains(new DeadLetter.Origin(rig().queue, rig().queue));
    assertThat(letter.headers()).containsExactly(Map.entry("x-key-id", "k1"));
    assertThat(letter.messageId()).contains("id-b");
    assertThat(letter.id()).matches("[0-9a-f]{12}");
    assertThat(letter.diedAt()).isPresent();
  }

  @Test
  default void dropped_letters_are_gone_and_the_others_keep_their_order() {
    bury("a", "b", "c", "d");
    assertThat(visit(body -> body.equals("b") ? Decision.DROP : Decision.KEEP).done)
        .containsExactly("DROP b");
    rig().awaitDepth(Topology.DEAD, 3);
    assertThat(visit(body -> Decision.KEEP).bodies()).containsExactly("a", "c", "d");
  }

  @Test
  default void replayed_letter_is_back_in_its_queue_as_it_was() throws Exception {
    bury("a", "b");
    String id = visit(body -> Decision.KEEP).seen.get(0).id();
    rig().awaitDepth(Topology.DEAD, 2);
    assertThat(visit(body -> body.equals("a") ? Decision.REPLAY : Decision.KEEP).done)
        .containsExactly("REPLAY a");
    rig().awaitDepth(Topology.DEAD, 1);
    Delivery again = rig().take(rig().connection, rig().queue);
    assertThat(again.body()).isEqualTo(bytes("a"));
    assertThat(again.headers()).containsExactly(Map.entry("x-key-id", "k1"));
    assertThat(again.messageId()).contains("id-a");
    bury2(again);
    assertThat(visit(body -> Decision.KEEP).seen)
        .extracting(DeadLetter::id)
        .as("the same id when it dies again")
        .contains(id);
  }

  private void bury2(Delivery again) {
    rig()
        .connection
        .publisher()
        .publishAndWait(
            OutgoingMessage.json(
                Topology.TASKS,
                rig().queue,
                again.body(),
                again.headers(),
                again.messageId().orElseThrow()),
            SOON);
    Subscription burying = rig().connection.subscribe(rig().queue, 1, d -> d.poison("once more"));
    rig().awaitDepth(Topology.DEAD, 2);
    burying.close();
  }

  @Test
  default void replayed_report_has_its_routing_key_again() throws Exception {
    String key = Topology.reportKey("agent-7", "ok");
    rig()
        .connection
        .publisher()
        .publishAndWait(
            OutgoingMessage.json(Topology.REPORTS, key, bytes("r"), Map.of(), "id-r"), SOON);
    Subscription burying =
        rig().connection.subscribe(Topology.REPORTS_INGEST, 1, d -> d.poison("bad"));
    rig().awaitDepth(Topology.DEAD, 1);
    burying.close();
    visit(body -> Decision.REPLAY);
    assertThat(rig().take(rig().connection, Topology.REPORTS_INGEST).routingKey()).isEqualTo(key);
    rig().awaitDepth(Topology.DEAD, 0);
  }

  @Test
  default void letter_whose_queue_is_gone_stays_and_it_is_said() {
    String gone = Topology.newAgentQueue();
    rig()
        .connection
        .publisher()
        .publishAndWait(
            new OutgoingMessage(
                "",
                Topology.DEAD,
                bytes("lost"),
                Map.of(Topology.ORIGIN_HEADER, gone + " " + gone, Topology.REASON_HEADER, "bad"),
                "id",
                "application/json",
                true,
                true),
            SOON);
    assertThat(visit(body -> Decision.REPLAY).failures).hasSize(1);
    rig().awaitDepth(Topology.DEAD, 1);
  }

  @Test
  default void letter_of_which_nobody_noted_the_origin_stays() {
    rig()
        .connection
        .publisher()
        .publishAndWait(
            OutgoingMessage.json("", Topology.DEAD, bytes("stray"), Map.of(), "id"), SOON);
    Person person = visit(body -> Decision.REPLAY);
    assertThat(person.failures).singleElement().asString().contains("nobody noted");
    assertThat(person.seen.get(0).reason()).contains("keeps no reason");
    rig().awaitDepth(Topology.DEAD, 1);
  }

  @Test
  default void visit_that_breaks_off_loses_no_letter() {
    bury("a", "b", "c", "d");
    Person person =
        new Person(
            body -> {
              if (body.equals("c")) {
                rig().wire.cut();
              }
              return body.equals("a") ? Decision.DROP : Decision.KEEP;
            });
    assertThatThrownBy(() -> rig().connection.deadLetters().visit(100, person))
        .isInstanceOf(MessagingException.class);
    await().atMost(SOON).until(() -> rig().connection.check().healthy());
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(visit(body -> Decision.KEEP).bodies())
                    .contains("b", "c", "d")
                    .hasSizeBetween(3, 4));
  }
}
