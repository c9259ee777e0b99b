package org.vidtomo.messaging;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A message handed to a {@link Handler}, to be settled exactly once.
 *
 * <p>Settling is thread-safe. A second settling does nothing and is logged, so that clean-up code
 * may settle whatever is left over. Settling after the connection was lost does nothing either: the
 * broker delivers the message again.
 */
public interface Delivery {
  /** The bytes as they were published. Not copied: do not change them. */
  byte[] body();

  /** The headers as text; nested tables are left out. */
  Map<String, String> headers();

  /** The queue it came from. */
  String queue();

  /** The routing key it was published with. */
  String routingKey();

  /** The publisher's id of the message. */
  Optional<String> messageId();

  /** The publishing user, as the broker validated it (RabbitMQ does, others may not). */
  Optional<String> userId();

  /** When it was published, by the publisher's clock, in whole seconds. */
  Optional<Instant> timestamp();

  /** Whether it was, or may have been, delivered before. */
  boolean redelivered();

  /** How often this process has handed out this message, from 1; more than 1 after a failure. */
  int attempt();

  /**
   * Done: the broker forgets it, at once or within a tenth of a second, together with others. When
   * the process ends before, it is delivered again, as it may be after any loss of the connection.
   */
  void ack();

  /**
   * It can never be handled: a copy goes to {@link Topology#DEAD} with the headers {@code x-reason}
   * and {@code x-origin}, and once that copy is confirmed the broker forgets the original.
   *
   * @param reason one line for a person; longer ones are cut at 1,000 characters
   */
  void poison(String reason);

  /**
   * Gives it back at once and uncounted, for another consumer: for shutting down. Never for
   * overload (see {@link Subscription#pause()}), never for failure (throw instead).
   */
  void requeue();
}
