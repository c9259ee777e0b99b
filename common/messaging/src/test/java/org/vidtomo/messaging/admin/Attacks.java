package org.vidtomo.messaging.admin;

import static org.vidtomo.messaging.admin.Attack.harmless;
import static org.vidtomo.messaging.admin.Attack.refused;
import static org.vidtomo.messaging.admin.Grounds.as;
import static org.vidtomo.messaging.admin.Grounds.beat;
import static org.vidtomo.messaging.admin.Grounds.bytes;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.GetResponse;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.vidtomo.messaging.Topology;

/** What agents must not be able to do to each other. */
final class Attacks {
  private static final BasicProperties NOBODY = new BasicProperties.Builder().build();

  private Attacks() {}

  static Stream<Attack> all() {
    return Stream.of(onQueues(), onBindings(), onExchanges(), inAnothersName(), byMass(), onLogin())
        .flatMap(List::stream);
  }

  private static List<Attack> onQueues() {
    List<Attack> attacks = new ArrayList<>();
    for (Map.Entry<String, String> of :
        Map.of(
                "reports", Topology.REPORTS_INGEST,
                "outcomes", Topology.OUTCOMES_COORDINATOR,
                "dead letters", Topology.DEAD,
                "another agent's tasks", "")
            .entrySet()) {
      String what = of.getKey();
      attacks.add(refused("purge " + what, (c, g) -> c.queuePurge(queue(of, g))));
      attacks.add(refused("delete " + what, (c, g) -> c.queueDelete(queue(of, g))));
      attacks.add(refused("take one of " + what, (c, g) -> c.basicGet(queue(of, g), true)));
      attacks.add(
          refused(
              "consume " + what, (c, g) -> c.basicConsume(queue(of, g), new DefaultConsumer(c))));
      attacks.add(
          refused(
              "declare " + what + " otherwise",
              (c, g) -> c.queueDeclare(queue(of, g), false, true, true, null)));
    }
    attacks.add(
        refused("declare a queue", (c, g) -> c.queueDeclare("mine", false, true, true, null)));
    attacks.add(refused("delete the own queue", (c, g) -> c.queueDelete(g.attackersQueue)));
    return attacks;
  }

  private static String queue(Map.Entry<String, String> of, Grounds grounds) {
    return of.getValue().isEmpty() ? grounds.victimsQueue : of.getValue();
  }

  private static List<Attack> onBindings() {
    return List.of(
        refused(
            "read all reports along",
            (c, g) -> c.queueBind(g.attackersQueue, Topology.REPORTS, "#")),
        refused(
            "read all heartbeats along",
            (c, g) -> c.queueBind(g.attackersQueue, Topology.PRESENCE, "#")),
        refused(
            "read all outcomes along",
            (c, g) -> c.queueBind(g.attackersQueue, Topology.OUTCOMES, "")),
        refused(
            "get another agent's tasks",
            (c, g) -> c.queueBind(g.attackersQueue, Topology.TASKS, g.victimsQueue)),
        refused(
            "make reports unroutable",
            (c, g) -> c.queueUnbind(Topology.REPORTS_INGEST, Topology.REPORTS, "#")),
        refused(
            "make outcomes unroutable",
            (c, g) -> c.queueUnbind(Topology.OUTCOMES_COORDINATOR, Topology.OUTCOMES, "")),
        refused(
            "make tasks unroutable",
            (c, g) -> c.queueUnbind(g.victimsQueue, Topology.TASKS, g.victimsQueue)),
        refused(
            "have reports taken for outcomes",
            (c, g) -> c.queueBind(Topology.OUTCOMES_COORDINATOR, Topology.REPORTS, "#")),
        refused(
            "fill another agent's queue with reports",
            (c, g) -> c.queueBind(g.victimsQueue, Topology.REPORTS, g.attacker + ".ok")),
        refused("bind exchanges", (c, g) -> c.exchangeBind(Topology.TASKS, Topology.REPORTS, "#")));
  }

  private static List<Attack> onExchanges() {
    return List.of(
        refused("declare an exchange", (c, g) -> c.exchangeDeclare("mine", "topic")),
        refused("delete an exchange", (c, g) -> c.exchangeDelete(Topology.REPORTS)),
        refused(
            "give another agent a task",
            (c, g) -> publish(c, Topology.TASKS, g.victimsQueue, as(g.attacker))),
        refused(
            "give another agent a task by the default exchange",
            (c, g) -> publish(c, "", g.victimsQueue, as(g.attacker))),
        refused(
            "put a report into the queue itself",
            (c, g) -> publish(c, "", Topology.REPORTS_INGEST, as(g.attacker))),
        refused("write dead letters", (c, g) -> publish(c, "", Topology.DEAD, as(g.attacker))),
        refused("tell an outcome", (c, g) -> publish(c, Topology.OUTCOMES, "", as(g.attacker))),
        refused(
            "use another exchange", (c, g) -> publish(c, "amq.topic", g.attacker, as(g.attacker))));
  }

  private static List<Attack> inAnothersName() {
    return List.of(
        refused(
            "report under another's key",
            (c, g) -> publish(c, reports(), key(g.victim), as(g.attacker))),
        refused(
            "report under another's key and user-id",
            (c, g) -> publish(c, reports(), key(g.attacker), as(g.victim))),
        refused(
            "report as the installation's own user",
            (c, g) ->
                publish(c, reports(), key(g.attacker), as(g.own.getUserInfo().split(":", 2)[0]))),
        refused(
            "report under a key that only begins with its own",
            (c, g) -> publish(c, reports(), key(g.attacker) + "." + g.victim, as(g.attacker))),
        harmless(
            "report without user-id", (c, g) -> publish(c, reports(), key(g.attacker), NOBODY)),
        harmless(
            "send another's report again",
            (c, g) -> publish(c, reports(), key(g.attacker), as(g.attacker))),
        harmless(
            "copy a report to another's key",
            (c, g) -> publish(c, reports(), key(g.attacker), copied(g, "CC"))),
        harmless(
            "copy a report to another's key unseen",
            (c, g) -> publish(c, reports(), key(g.attacker), copied(g, "BCC"))),
        refused(
            "beat under another's key",
            (c, g) -> {
              beat(c, g.victim, g.attacker);
              c.waitForConfirmsOrDie(5_000);
            }),
        refused(
            "beat under another's user-id",
            (c, g) -> {
              beat(c, g.attacker, g.victim);
              c.waitForConfirmsOrDie(5_000);
            }),
        harmless(
            "send another's heartbeat again",
            (c, g) -> {
              beat(c, g.attacker, g.attacker);
              c.basicPublish(Topology.PRESENCE, g.attacker, NOBODY, bytes("beat"));
              c.waitForConfirmsOrDie(5_000);
            }));
  }

  private static BasicProperties copied(Grounds grounds, String header) {
    return as(grounds.attacker)
        .builder()
        .headers(Map.of(header, List.of(key(grounds.victim), grounds.victimsQueue)))
        .build();
  }

  private static List<Attack> byMass() {
    return List.of(
        harmless(
            "report a mebibyte",
            (c, g) -> {
              c.basicPublish(reports(), key(g.attacker), as(g.attacker), new byte[1 << 20]);
              c.waitForConfirmsOrDie(5_000);
            }),
        harmless(
            "report a thousand headers",
            (c, g) -> {
              Map<String, Object> headers = new HashMap<>();
              for (int i = 0; i < 1_000; i++) {
                headers.put("x-" + i, "y");
              }
              publish(
                  c, reports(), key(g.attacker), as(g.attacker).builder().headers(headers).build());
            }),
        harmless("flood", Attacks::flood),
        harmless("hoard in a transaction", Attacks::hoardInATransaction),
        harmless("consume the own queue a thousand times", Attacks::consumeAThousandTimes),
        harmless("take tasks and crash", Attacks::takeAndCrash),
        harmless("reject tasks", Attacks::reject),
        refused("open a hundred channels", Attacks::openChannels),
        refused("open ten connections", Attacks::openConnections));
  }

  private static void flood(Channel channel, Grounds grounds) throws Exception {
    for (int i = 0; i < 3_000; i++) {
      channel.basicPublish(reports(), key(grounds.attacker), as(grounds.attacker), bytes("noise"));
    }
    channel.waitForConfirmsOrDie(20_000);
  }

  private static void hoardInATransaction(Channel unused, Grounds grounds) throws Exception {
    try (Channel channel = unused.getConnection().createChannel()) {
      channel.txSelect();
      for (int i = 0; i < 20; i++) {
        channel.basicPublish(
            reports(), key(grounds.attacker), as(grounds.attacker), new byte[1 << 20]);
      }
    }
  }

  private static void consumeAThousandTimes(Channel channel, Grounds grounds) throws Exception {
    for (int i = 0; i < 1_000; i++) {
      channel.basicConsume(grounds.attackersQueue, new DefaultConsumer(channel));
    }
  }

  private static void takeAndCrash(Channel unused, Grounds grounds) throws Exception {
    grounds.giveTask(grounds.attackersQueue);
    for (int i = 0; i < 10; i++) {
      Connection connection = Grounds.connect(grounds.attackersWay);
      try {
        connection.createChannel().basicGet(grounds.attackersQueue, false);
      } finally {
        connection.abort();
      }
    }
  }

  private static void reject(Channel channel, Grounds grounds) throws Exception {
    for (int i = 0; i < 50; i++) {
      grounds.giveTask(grounds.attackersQueue);
    }
    for (GetResponse task = channel.basicGet(grounds.attackersQueue, false);
        task != null;
        task = channel.basicGet(grounds.attackersQueue, false)) {
      channel.basicReject(task.getEnvelope().getDeliveryTag(), false);
    }
  }

  private static void openChannels(Channel channel, Grounds grounds) throws Exception {
    for (int i = 0; i < 100; i++) {
      channel.getConnection().createChannel();
    }
  }

  private static void openConnections(Channel unused, Grounds grounds) throws Exception {
    List<Connection> opened = new ArrayList<>();
    try {
      for (int i = 0; i < 10; i++) {
        opened.add(Grounds.connect(grounds.attackersWay));
      }
    } finally {
      opened.forEach(Connection::abort);
    }
  }

  private static List<Attack> onLogin() {
    return List.of(
        refused("log in as another agent", (c, g) -> logIn(g, g.victim)),
        refused(
            "log in as the installation", (c, g) -> logIn(g, g.own.getUserInfo().split(":", 2)[0])),
        refused("log in without a password", (c, g) -> open(g, g.victim + ":")));
  }

  private static void logIn(Grounds grounds, String user) throws Exception {
    open(grounds, user + ":" + grounds.attackersWay.getUserInfo().split(":", 2)[1]);
  }

  private static void open(Grounds grounds, String userInfo) throws Exception {
    String uri = grounds.attackersWay.toString();
    Grounds.connect(URI.create(uri.replace(grounds.attackersWay.getUserInfo(), userInfo))).abort();
  }

  private static void publish(
      Channel channel, String exchange, String key, BasicProperties properties) throws Exception {
    channel.basicPublish(exchange, key, properties, bytes("forged"));
    channel.waitForConfirmsOrDie(5_000);
  }

  private static String reports() {
    return Topology.REPORTS;
  }

  private static String key(String agent) {
    return Topology.reportKey(agent, "ok");
  }
}
