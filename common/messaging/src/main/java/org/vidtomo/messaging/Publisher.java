package org.vidtomo.messaging;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Publishes with the broker's confirms, at least once: what was not confirmed when a connection
 * broke is published again on the next one, until its time is up. Thread-safe.
 *
 * <p>Outstanding messages are bounded by {@link BrokerSettings#maxOutstanding()}. Futures complete
 * on one thread of the connection: dependents must be short.
 */
public interface Publisher {
  /**
   * As {@link #publish(OutgoingMessage, Duration)} with {@link BrokerSettings#publishTimeout()}.
   */
  CompletableFuture<Void> publish(OutgoingMessage message);

  /**
   * Publishes; blocks only while too many messages are outstanding, at most {@link
   * BrokerSettings#outstandingWait()}.
   *
   * @param timeout how long to keep trying
   * @return completes once the broker has taken responsibility; exceptionally with {@link
   *     UnroutableException} if the message is mandatory and no queue takes it, or with {@link
   *     PublishFailedException} if it was refused, not confirmed in time, or there was no room
   */
  CompletableFuture<Void> publish(OutgoingMessage message, Duration timeout);

  /**
   * Publishes and waits for the broker's confirm.
   *
   * @throws UnroutableException if the message is mandatory and no queue takes it
   * @throws PublishFailedException if it was refused or not confirmed within the timeout
   */
  void publishAndWait(OutgoingMessage message, Duration timeout);

  /**
   * Publishes if that can be done now, and does not look back: for presence, where a late message
   * is worth nothing. It never waits and is never published again.
   *
   * @return false if it was dropped, since there is no usable connection or no room
   */
  boolean tryPublish(OutgoingMessage message);
}
