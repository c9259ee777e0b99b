package org.vidtomo.messaging;

/** A consumer of one queue. It survives reconnects until it is closed. Thread-safe. */
public interface Subscription extends AutoCloseable {
  /** The queue's name; for a queue of this process's own it changes with each connection. */
  String queue();

  /**
   * Stops taking messages, for overload. Handling that is under way goes on; messages that the
   * broker had already sent wait, at most the prefetch. Idempotent.
   */
  void pause();

  /** Takes messages again after {@link #pause()}. Idempotent. */
  void resume();

  /** Whether the broker sends messages to this subscription now. */
  boolean consuming();

  /** Whether {@link #pause()} holds. */
  boolean paused();

  /** Deliveries handed to the handler and not yet settled. */
  int inFlight();

  /**
   * Drains: takes no more, waits at most {@link BrokerSettings#closeTimeout()} for what is in
   * flight to be settled, then gives the rest back to the broker. A broker that does not answer may
   * add {@link BrokerSettings#requestTimeout()}. Idempotent.
   */
  @Override
  void close();
}
