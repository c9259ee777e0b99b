package org.vidtomo.messaging;

/**
 * Handles the deliveries of one subscription, one at a time on the subscription's own thread.
 *
 * <p>A handler settles each delivery exactly once: by {@link Delivery#ack()}, {@link
 * Delivery#poison} or {@link Delivery#requeue()}, now or later and from any thread. Returning
 * without settling is allowed; the delivery then counts towards the prefetch until it is settled.
 */
@FunctionalInterface
public interface Handler {
  /**
   * Handles one delivery.
   *
   * @throws PoisonException if the message can never be handled: it goes to {@link Topology#DEAD}
   * @throws Exception if handling failed: it is tried again after a pause, and dead-lettered after
   *     {@link BrokerSettings#maxTries()}. A store that is down is no reason to throw: {@link
   *     Subscription#pause()} instead, otherwise good messages end as dead letters
   */
  void handle(Delivery delivery) throws Exception;
}
