package org.vidtomo.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The names of all exchanges and queues, and how they are made. What is declared here is declared
 * again on each reconnect, before anything is published or consumed.
 *
 * <p>Agents declare nothing: their users may not. The coordinator makes their queues.
 */
public final class Topology {
  /** Direct exchange for tasks; the routing key is the name of an agent's queue. */
  public static final String TASKS = "vidtomo.tasks";

  /** Topic exchange for reports; the routing key is {@link #reportKey}. */
  public static final String REPORTS = "vidtomo.reports";

  /** Fanout exchange for outcomes, published once a report is stored. */
  public static final String OUTCOMES = "vidtomo.outcomes";

  /** Topic exchange for heartbeats; the routing key is the agent's id. Its messages are passing. */
  public static final String PRESENCE = "vidtomo.presence";

  /** The queue from which aggregators take reports. */
  public static final String REPORTS_INGEST = "vidtomo.reports.ingest";

  /** The coordinator's outcomes, which wait here while it is down. */
  public static final String OUTCOMES_COORDINATOR = "vidtomo.outcomes.coordinator";

  /** The queue of messages that could not be handled. */
  public static final String DEAD = "vidtomo.dead";

  /** Header of a dead letter: why it is one. */
  public static final String REASON_HEADER = "x-reason";

  /** Header of a dead letter: the queue and the routing key it came with, a space between. */
  public static final String ORIGIN_HEADER = "x-origin";

  /** Header of a dead letter: the user who published it. */
  public static final String USER_HEADER = "x-user";

  static final List<String> SHARED_EXCHANGES = List.of(TASKS, REPORTS, OUTCOMES, PRESENCE);
  static final List<String> SHARED_QUEUES = List.of(DEAD, REPORTS_INGEST, OUTCOMES_COORDINATOR);

  private static final String AGENT_QUEUE_PREFIX = TASKS + ".";
  private static final int UNGUESSABLE_BYTES = 16;
  private static final long REPORTS_MAX_BYTES = 8L << 30;
  private static final long OUTCOMES_MAX_BYTES = 1L << 30;
  private static final long DEAD_MAX_BYTES = 1L << 30;

  /** The coordinator keeps 3 outstanding at most. */
  private static final int AGENT_MAX_MESSAGES = 100;

  private static final int LISTENER_MAX_MESSAGES = 10_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final BrokerConnection connection;

  Topology(BrokerConnection connection) {
    this.connection = connection;
  }

  /** A new name for an agent's queue, which nobody can guess. */
  public static String newAgentQueue() {
    return AGENT_QUEUE_PREFIX + unguessable();
  }

  /** The routing key of a report: {@code <agent>.<outcome>}. */
  public static String reportKey(String agentId, String outcome) {
    return agentId + "." + outcome;
  }

  /**
   * Declares the exchanges and the queues that outlive connections, and binds them. Idempotent.
   *
   * @throws BrokerUnavailableException if the broker cannot be reached now; it is declared as soon
   *     as it can
   * @throws MessagingException if the broker refuses
   */
  public void declareShared() {
    connection.declare("shared", Topology::declareShared);
  }

  /**
   * Declares one agent's durable queue and binds it. Idempotent. Needs {@link #declareShared()}.
   *
   * @throws BrokerUnavailableException if the broker cannot be reached now; it is declared as soon
   *     as it can
   * @throws MessagingException if the broker refuses
   */
  public void declareAgentQueue(String queue) {
    checkAgentQueue(queue);
    connection.declare(
        queue,
        (channel, flavour) -> {
          channel.queueDeclare(queue, true, false, false, flavour.agentQueue(AGENT_MAX_MESSAGES));
          channel.queueBind(queue, TASKS, queue);
        });
  }

  /**
   * Deletes an agent's queue with all its tasks; it is no error when there is none.
   *
   * @throws BrokerUnavailableException if the broker cannot be reached now
   */
  public void deleteAgentQueue(String queue) {
    checkAgentQueue(queue);
    connection.forget(queue);
    connection.request(
        "deleting queue=" + queue,
        channel -> {
          try {
            return channel.queueDelete(queue).getMessageCount();
          } catch (IOException e) {
            // RabbitMQ takes it in silence, Qpid does not.
            if (Errors.replyCode(e) == Errors.NOT_FOUND) {
              return 0;
            }
            throw e;
          }
        });
  }

  /**
   * Deletes the tasks that wait in an agent's queue.
   *
   * @return how many
   * @throws BrokerUnavailableException if the broker cannot be reached now
   */
  public int purgeAgentQueue(String queue) {
    checkAgentQueue(queue);
    return connection.request(
        "purging queue=" + queue, channel -> channel.queuePurge(queue).getMessageCount());
  }

  /**
   * The messages that wait in a queue; on Qpid also those delivered and not yet settled.
   *
   * @return empty if there is no such queue
   * @throws BrokerUnavailableException if the broker cannot be reached now
   */
  public OptionalLong messageCount(String queue) {
    return connection.request(
        "asking for the depth of queue=" + queue,
        channel -> {
          try {
            AMQP.Queue.DeclareOk found = channel.queueDeclarePassive(queue);
            return OptionalLong.of(found.getMessageCount());
          } catch (IOException e) {
            if (Errors.replyCode(e) == Errors.NOT_FOUND) {
              return OptionalLong.empty();
            }
            throw e;
          }
        });
  }

  /**
   * Listens to outcomes from now on, on a queue that lives as long as the subscription: what comes
   * while the connection is down is missed, and a slow listener misses the oldest of 10,000.
   */
  public Subscription subscribeOutcomes(int prefetch, Handler handler) {
    return listen(OUTCOMES, "", prefetch, handler);
  }

  /** Listens to heartbeats, as {@link #subscribeOutcomes}; the routing key is the agent's id. */
  public Subscription subscribePresence(int prefetch, Handler handler) {
    return listen(PRESENCE, "#", prefetch, handler);
  }

  private Subscription listen(String exchange, String key, int prefetch, Handler handler) {
    return connection.subscribe(
        exchange, new ListenerQueue(exchange, key, unguessable()), prefetch, handler);
  }

  /** A queue of a listener's own. */
  private record ListenerQueue(String exchange, String key, String instance)
      implements QueueSubscription.Source {
    @Override
    public String queue(Session session, Channel channel) throws IOException {
      // A name of its own per connection: after a break the broker may still hold the old one.
      String queue = exchange + "." + instance + "-" + session.number();
      Map<String, Object> arguments = session.flavour().listenerQueue(LISTENER_MAX_MESSAGES);
      channel.queueDeclare(queue, false, true, false, arguments);
      channel.queueBind(queue, exchange, key);
      return queue;
    }

    @Override
    public boolean isOwn() {
      return true;
    }
  }

  static void declareShared(Channel channel, BrokerFlavour flavour) throws IOException {
    channel.exchangeDeclare(TASKS, BuiltinExchangeType.DIRECT, true);
    channel.exchangeDeclare(REPORTS, BuiltinExchangeType.TOPIC, true);
    channel.exchangeDeclare(OUTCOMES, BuiltinExchangeType.FANOUT, true);
    // Durable, although what it carries is not: publishing to a missing exchange closes a channel.
    channel.exchangeDeclare(PRESENCE, BuiltinExchangeType.TOPIC, true);
    // First of the queues: the others name it as their way out.
    channel.queueDeclare(DEAD, true, false, false, flavour.keptQueue(DEAD_MAX_BYTES));
    channel.queueDeclare(REPORTS_INGEST, true, false, false, flavour.workQueue(REPORTS_MAX_BYTES));
    channel.queueBind(REPORTS_INGEST, REPORTS, "#");
    channel.queueDeclare(
        OUTCOMES_COORDINATOR, true, false, false, flavour.workQueue(OUTCOMES_MAX_BYTES));
    channel.queueBind(OUTCOMES_COORDINATOR, OUTCOMES, "");
  }

  private static void checkAgentQueue(String queue) {
    if (!queue.startsWith(AGENT_QUEUE_PREFIX) || queue.length() == AGENT_QUEUE_PREFIX.length()) {
      throw new IllegalArgumentException(
          "an agent's queue must begin with " + AGENT_QUEUE_PREFIX + ", not " + queue);
    }
  }

  private static String unguessable() {
    byte[] random = new byte[UNGUESSABLE_BYTES];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
