package org.vidtomo.storage;

import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Which process has which message in hand, so that a message is found out that ends every process
 * that touches it. The brokers don't tell: RabbitMQ counts deliveries, of which a crash makes one
 * for all that was in flight, and Qpid counts nothing.
 */
public interface HandlingStore {
  /**
   * Notes that a process takes a message in hand.
   *
   * @param message what tells it from others; of any length up to 100 characters
   * @return how many other processes took it and never let go
   */
  CompletionStage<Integer> begin(String message, UUID process);

  /** A process lets go of a message that is not settled; it did not die of it. */
  CompletionStage<Void> letGo(String message, UUID process);

  /** A message is settled: nothing is kept of it. */
  CompletionStage<Void> settled(String message);
}
