package org.vidtomo.messaging;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A message that could not be handled, as it lies in {@link Topology#DEAD}.
 *
 * @param id 12 hex digits of a hash over where it came from, its id and its body: the same each
 *     time that it dies; two copies of one message share it
 * @param reason one line, in a colleague's words or the broker's; may quote the message
 * @param origin where it came from; empty where neither we nor the broker noted it
 * @param headers those that it was published with
 * @param body not copied: do not change it
 * @param diedAt by the clock of who buried it, in whole seconds; the publisher's if the broker did
 * @param expiredReport whether the broker buried it as a report that was sent to live for a while
 */
// Copying at every hand-over would cost more than it protects.
@SuppressWarnings("ArrayRecordComponent")
public record DeadLetter(
    String id,
    String reason,
    Optional<Origin> origin,
    Map<String, String> headers,
    byte[] body,
    Optional<String> messageId,
    Optional<String> contentType,
    Optional<Instant> diedAt,
    boolean expiredReport) {
  public DeadLetter {
    requireNonNull(id, "id");
    requireNonNull(reason, "reason");
    requireNonNull(origin, "origin");
    headers = Map.copyOf(headers);
    requireNonNull(body, "body");
    requireNonNull(messageId, "messageId");
    requireNonNull(contentType, "contentType");
    requireNonNull(diedAt, "diedAt");
  }

  /**
   * Where a message came from.
   *
   * @param queue in which it lay
   * @param routingKey that it was published with
   */
  public record Origin(String queue, String routingKey) {
    public Origin {
      requireNonNull(queue, "queue");
      requireNonNull(routingKey, "routingKey");
    }
  }

  @Override
  public String toString() {
    return "DeadLetter[id=" + id + ", bytes=" + body.length + "]";
  }
}
