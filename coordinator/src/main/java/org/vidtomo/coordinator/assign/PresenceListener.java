package org.vidtomo.coordinator.assign;

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

/** Takes heartbeats. One that is not signed by an enrolled agent counts for nothing. */
public final class PresenceListener implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(PresenceListener.class);

  private final Fleet fleet;
  private final Dispatcher dispatcher;
  private final LongAdder refused = new LongAdder();

  public PresenceListener(Fleet fleet, Dispatcher dispatcher) {
    this.fleet = fleet;
    this.dispatcher = dispatcher;
  }

  @Override
  public void handle(Delivery delivery) {
    try {
      SignedMessage message = SignedMessage.of(delivery.body(), delivery.headers());
      EnrolledAgent agent =
          fleet
              .byKey(message.keyId())
              .orElseThrow(() -> new TrustException("the key is of no enrolled agent"));
      Presence presence = Wire.read(message.verify(agent.key()), Presence.class);
      if (!presence.agent().id().equals(agent.agentId())) {
        throw new TrustException("it speaks for agent " + presence.agent().id());
      }
      dispatcher.heard(agent.agentId(), presence);
    } catch (TrustException | WireException e) {
      refused.increment();
      LOG.debug("A heartbeat is refused: {} {}", e.getMessage(), delivery);
    }
    // Heartbeats are passing: a bad one is not worth a dead letter.
    delivery.ack();
  }

  /** Heartbeats that were not of enrolled agents, or not readable. */
  public long refused() {
    return refused.sum();
  }
}
