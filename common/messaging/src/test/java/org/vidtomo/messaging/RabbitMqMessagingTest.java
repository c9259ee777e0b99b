package org.vidtomo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.vidtomo.messaging.Rig.SOON;
import static org.vidtomo.messaging.Rig.bytes;
import static org.vidtomo.messaging.Rig.id;

import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.testkit.PrivateRabbitMq;
import org.vidtomo.testkit.RabbitMq;

class RabbitMqMessagingTest extends MessagingContract {
  private static PrivateRabbitMq rabbit;

  @BeforeAll
  static void start() {
    rabbit = RabbitMq.startPrivate();
  }

  @AfterAll
  static void stop() {
    rabbit.close();
  }

  @Override
  TestBroker broker() {
    return new TestBroker() {
      @Override
      public URI uri() {
        return rabbit.amqpUri();
      }

      @Override
      public void restart() {
        rabbit.restart();
      }
    };
  }

  @Test
  void killed_broker_loses_nothing() {
    rig()
        .losesNothing(
            () -> {
              rabbit.kill();
              rabbit.startAgain();
            });
  }

  @Test
  void probe_finds_the_limit_of_messages_and_missing_rights() throws Exception {
    try (BrokerProbe probe = BrokerProbe.open(rig().settings("probe"))) {
      assertThat(probe.messageLimitBelow(64 << 10)).isEmpty();
      long limit = probe.messageLimitBelow(129 << 20).orElseThrow();
      assertThat(limit).isBetween(1L << 20, 128L << 20);
    }
    assertThat(rig().connection.topology().messageCount(Topology.REPORTS_INGEST)).hasValue(0);
    Management management = new Management(rabbit.managementUri());
    management.put("/api/users/reader", "{\"password\":\"secret\",\"tags\":\"\"}");
    management.put(
        "/api/permissions/%2F/reader", "{\"configure\":\"^$\",\"write\":\"^$\",\"read\":\".*\"}");
    URI reader =
        URI.create(rabbit.amqpUri().toString().replaceFirst("//[^@]*@", "//reader:secret@"));
    try (BrokerProbe probe = BrokerProbe.open(BrokerSettings.of(reader, "probe"))) {
      assertThat(probe.missing()).isEmpty();
      assertThat(probe.consume(Topology.REPORTS_INGEST)).isZero();
      assertThatThrownBy(() -> probe.publish(Topology.REPORTS, "a.ok"))
          .hasMessageContaining("ACCESS_REFUSED");
      assertThatThrownBy(probe::declareAndDelete).hasMessageContaining("ACCESS_REFUSED");
    }
    assertThat(management.get("/api/queues/%2F")).doesNotContain("vidtomo.doctor");
  }

  @Test
  void queues_are_replicated_where_messages_must_not_be_lost() throws Exception {
    Management management = new Management(rabbit.managementUri());
    for (String kept :
        new String[] {Topology.REPORTS_INGEST, Topology.OUTCOMES_COORDINATOR, Topology.DEAD}) {
      assertThat(management.get("/api/queues/%2f/" + kept)).contains("\"type\":\"quorum\"");
    }
    assertThat(management.get("/api/queues/%2f/" + rig().queue)).contains("\"type\":\"classic\"");
    assertThat(management.get("/api/queues/%2f/" + Topology.REPORTS_INGEST))
        .contains("\"x-dead-letter-strategy\":\"at-least-once\"", "\"x-delivery-limit\":100");
  }

  /** The rights that an agent is given, and no other. */
  @Test
  void agent_with_few_rights_works_and_its_poison_is_dead_lettered_by_the_broker()
      throws Exception {
    BrokerConnection agent = agentConnection("agent-" + UUID.randomUUID());
    agent.subscribe(rig().queue, 1, d -> d.poison("not for me"));
    rig().publish(rig().queue, "bad task");
    Delivery dead = rig().take(rig().connection, Topology.DEAD);
    assertThat(dead.body()).isEqualTo(bytes("bad task"));
    await().atMost(SOON).until(() -> agent.metrics().poisoned() == 1);
    assertThat(agent.check().healthy()).isTrue();
  }

  @Test
  void agent_may_write_under_its_own_key_only() throws Exception {
    String id = "agent-" + UUID.randomUUID();
    BrokerConnection agent = agentConnection(id);
    agent.publisher().publishAndWait(report(id), SOON);
    assertThat(agent.publisher().publish(report("somebody-else")))
        .failsWithin(SOON)
        .withThrowableThat()
        .withCauseInstanceOf(PublishFailedException.class)
        .satisfies(
            e -> assertThat(((PublishFailedException) e.getCause()).accessRefused()).isTrue());
    agent.publisher().publishAndWait(report(id), SOON);
    OutgoingMessage alive =
        OutgoingMessage.passingJson(Topology.PRESENCE, id, bytes("{}"), Map.of(), id());
    await().atMost(SOON).until(() -> agent.publisher().tryPublish(alive));
    await().atMost(SOON).until(() -> agent.metrics().confirmed() == 3);
    assertThat(rig().take(rig().connection, Topology.REPORTS_INGEST).userId()).contains(id);
  }

  private static OutgoingMessage report(String agentId) {
    return OutgoingMessage.json(
        Topology.REPORTS, Topology.reportKey(agentId, "ok"), bytes("{}"), Map.of(), id());
  }

  private BrokerConnection agentConnection(String id) throws Exception {
    Management management = new Management(rabbit.managementUri());
    management.put("/api/users/" + id, "{\"password\":\"secret\",\"tags\":\"\"}");
    management.put(
        "/api/permissions/%2f/" + id,
        """
        {"configure":"^$","write":"^vidtomo\\\\.(reports|presence)$","read":"^%s$"}"""
            .formatted(rig().queue.replace(".", "\\\\.")));
    management.put("/api/topic-permissions/%2f/" + id, topic(Topology.REPORTS, "^" + id + "\\\\."));
    management.put("/api/topic-permissions/%2f/" + id, topic(Topology.PRESENCE, "^" + id + "$"));
    URI uri = rabbit.amqpUri();
    return rig()
        .open(
            BrokerSettings.of(
                URI.create("amqp://%s:secret@%s:%d".formatted(id, uri.getHost(), uri.getPort())),
                id));
  }

  private static String topic(String exchange, String keys) {
    return """
    {"exchange":"%s","write":"%s","read":"^$"}"""
        .formatted(exchange, keys);
  }
}
