package org.vidtomo.coordinator.assign;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.task.Presence;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.messaging.Delivery;
import org.vidtomo.messaging.Handler;
import org.vidtomo.messaging.Senders;
import org.vidtomo.messaging.admin.Usage;

/**
 * Takes heartbeats. One that is not signed by an enrolled agent, was sent by another, is not later
 * than the one before, or is too large counts for nothing.
 */
public final class PresenceListener implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(PresenceListener.class);

  /** Honest ones have 1 KiB. What they say is kept of each agent, and RabbitMQ takes 4 MiB. */
  private static final int MOST_BYTES = 16 << 10;

  private final Fleet fleet;
  private final Dispatcher dispatcher;
  private final Senders senders;
  private final HeartbeatOrder order;
  private final LongAdder refused = new LongAdder();
  private final Map<String, LongAdder> heard = new ConcurrentHashMap<>();

  /**
   * Tells the dispatcher.
   *
   * @param senders who may send in an agent's name
   * @param silence an agent silent for longer is taken for gone
   */
  public PresenceListener(
      Fleet fleet, Dispatcher dispatcher, Senders senders, Duration silence, Clock clock) {
    this.fleet = fleet;
    this.dispatcher = dispatcher;
    this.senders = senders;
    this.order = new HeartbeatOrder(silence, clock);
  }

  @Override
  public void handle(Delivery delivery) {
    delivery
        .userId()
        .filter(user -> fleet.find(user).isPresent())
        .ifPresent(user -> heard.computeIfAbsent(user, u -> new LongAdder()).increment());
    try {
      if (delivery.body().length > MOST_BYTES) {
        throw new TrustException("it has over %d bytes".formatted(MOST_BYTES));
      }
      SignedMessage message = SignedMessage.of(delivery.body(), delivery.headers());
      EnrolledAgent agent =
          fleet
              .byKey(message.keyId())
              .orElseThrow(() -> new TrustException("the key is of no enrolled agent"));
      Optional<String> objection = senders.objection(delivery.userId(), agent.agentId());
      if (objection.isPresent()) {
        throw new TrustException("it was " + objection.get());
      }
      Presence presence = Wire.read(message.verify(agent.key()), Presence.class);
      if (!presence.agent().id().equals(agent.agentId())) {
        throw new TrustException("it speaks for agent " + presence.agent().id());
      }
      if (!order.isNew(agent.agentId(), presence.at())) {
        throw new TrustException("it is not later than the one before");
      }
      dispatcher.heard(agent.agentId(), presence);
    } catch (TrustException | WireException e) {
      refused.increment();
      LOG.debug("A heartbeat is refused: {} {}", e.getMessage(), delivery);
    }
    // Heartbeats are passing: a bad one is not worth a dead letter.
    delivery.ack();
  }

  /**
   * What a broker counted of its users, with no fewer messages of an agent than came here: RabbitMQ
   * does not tell of channels that were opened and closed between two looks.
   */
  public Map<String, Usage> atLeastHeard(Map<String, Usage> counted) {
    heard.keySet().removeIf(agent -> fleet.find(agent).isEmpty());
    Map<String, Usage> all = new HashMap<>(counted);
    heard.forEach(
        (agent, messages) ->
            all.merge(
                agent,
                new Usage(messages.sum(), 0, 0),
                (known, here) ->
                    new Usage(
                        Math.max(known.messages(), here.messages()),
                        known.bytes(),
                        known.connections(),
                        known.consumers())));
    return all;
  }

  /** Heartbeats that were not of enrolled agents, not new, not readable, or too large. */
  public long refused() {
    return refused.sum();
  }
}
