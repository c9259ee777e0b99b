package org.vidtomo.messaging;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Which broker it is, since the brokers share a protocol but not the arguments of their queues. At
 * least: what the product promises holds on each; what one offers beyond that is used as a second
 * line of defence.
 */
public enum BrokerFlavour {
  /** RabbitMQ 3.10 to 3.13. */
  RABBITMQ {
    @Override
    Map<String, Object> keptQueue(long maxBytes) {
      return Map.of(
          "x-queue-type", "quorum",
          "x-overflow", "reject-publish",
          "x-max-length-bytes", maxBytes);
    }

    @Override
    Map<String, Object> workQueue(long maxBytes) {
      // A crash counts as a delivery for all that was in flight, so the limit is a last resort;
      // handlers' failures are counted by us. At least once needs reject-publish.
      return Map.of(
          "x-queue-type", "quorum",
          "x-overflow", "reject-publish",
          "x-max-length-bytes", maxBytes,
          "x-delivery-limit", 100,
          "x-dead-letter-exchange", "",
          "x-dead-letter-routing-key", Topology.DEAD,
          "x-dead-letter-strategy", "at-least-once");
    }

    @Override
    Map<String, Object> passing(long maxBytes, int unusedMillis) {
      Map<String, Object> arguments = new HashMap<>(workQueue(maxBytes));
      arguments.put("x-expires", unusedMillis);
      return arguments;
    }

    @Override
    Map<String, Object> agentQueue(int maxMessages) {
      return Map.of(
          "x-queue-type", "classic",
          "x-overflow", "reject-publish",
          "x-max-length", maxMessages,
          "x-dead-letter-exchange", "",
          "x-dead-letter-routing-key", Topology.DEAD);
    }

    @Override
    Map<String, Object> listenerQueue(int maxMessages) {
      return Map.of("x-queue-type", "classic", "x-max-length", maxMessages);
    }
  },

  /**
   * RabbitMQ 4.x, where a quorum queue drops what came back to it 20 times: looking at the dead
   * letters must not cost one of them.
   */
  RABBITMQ_4 {
    @Override
    Map<String, Object> keptQueue(long maxBytes) {
      Map<String, Object> arguments = new HashMap<>(RABBITMQ.keptQueue(maxBytes));
      arguments.put("x-delivery-limit", 1_000_000_000);
      return arguments;
    }

    @Override
    Map<String, Object> workQueue(long maxBytes) {
      return RABBITMQ.workQueue(maxBytes);
    }

    @Override
    Map<String, Object> passing(long maxBytes, int unusedMillis) {
      return RABBITMQ.passing(maxBytes, unusedMillis);
    }

    @Override
    Map<String, Object> agentQueue(int maxMessages) {
      return RABBITMQ.agentQueue(maxMessages);
    }

    @Override
    Map<String, Object> listenerQueue(int maxMessages) {
      return RABBITMQ.listenerQueue(maxMessages);
    }
  },

  /** Apache Qpid Broker-J, which refuses RabbitMQ's arguments. */
  QPID {
    @Override
    Map<String, Object> keptQueue(long maxBytes) {
      return Map.of("qpid.policy_type", "reject", "qpid.max_size", maxBytes);
    }

    @Override
    Map<String, Object> workQueue(long maxBytes) {
      // Neither crashes nor requeues count as attempts on this broker: the limit only makes a
      // rejected message go to the alternate binding instead of back to the queue.
      return Map.of(
          "qpid.policy_type",
          "reject",
          "qpid.max_size",
          maxBytes,
          "maximumDeliveryAttempts",
          1,
          "alternateBinding",
          "{\"destination\":\"" + Topology.DEAD + "\",\"attributes\":{}}");
    }

    @Override
    Map<String, Object> passing(long maxBytes, int unusedMillis) {
      return workQueue(maxBytes);
    }

    @Override
    Map<String, Object> agentQueue(int maxMessages) {
      return Map.of(
          "qpid.policy_type",
          "reject",
          "qpid.max_count",
          maxMessages,
          "maximumDeliveryAttempts",
          1,
          "alternateBinding",
          "{\"destination\":\"" + Topology.DEAD + "\",\"attributes\":{}}");
    }

    @Override
    Map<String, Object> listenerQueue(int maxMessages) {
      return Map.of("qpid.policy_type", "ring", "qpid.max_count", maxMessages);
    }
  };

  /**
   * Reads the flavour from what a server says of itself; an unknown one is taken for RabbitMQ 4.
   */
  static BrokerFlavour of(Map<String, Object> serverProperties) {
    String product = String.valueOf(serverProperties.get("product")).toLowerCase(Locale.ROOT);
    if (product.contains("qpid")) {
      return QPID;
    }
    String version = String.valueOf(serverProperties.get("version"));
    return version.matches("[0-3](\\D.*)?") ? RABBITMQ : RABBITMQ_4;
  }

  /** Whether it is RabbitMQ, of whichever version. */
  public boolean isRabbitMq() {
    return this != QPID;
  }

  /** Arguments of a replicated queue that keeps what it got. */
  abstract Map<String, Object> keptQueue(long maxBytes);

  /** Arguments of a replicated queue that is worked off, with dead-lettering as a last resort. */
  abstract Map<String, Object> workQueue(long maxBytes);

  /**
   * Arguments of a {@link #workQueue} that goes by itself when unused for so long, where the broker
   * knows of such.
   */
  abstract Map<String, Object> passing(long maxBytes, int unusedMillis);

  /** Arguments of one agent's queue of tasks. */
  abstract Map<String, Object> agentQueue(int maxMessages);

  /** Arguments of a passing queue that drops its oldest when its listener is too slow. */
  abstract Map<String, Object> listenerQueue(int maxMessages);
}
