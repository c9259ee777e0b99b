package org.vidtomo.messaging.admin;

/**
 * What a user has sent since the broker, or who asks it, began to count.
 *
 * @param messages published
 * @param bytes received from it
 * @param connections opened, or tried
 * @param consumers that it has now; 0 where the broker lets it have few
 */
public record Usage(long messages, long bytes, long connections, long consumers) {
  /** Of a user whose consumers are not counted. */
  public Usage(long messages, long bytes, long connections) {
    this(messages, bytes, connections, 0);
  }

  Usage plus(Usage more) {
    return new Usage(
        messages + more.messages,
        bytes + more.bytes,
        connections + more.connections,
        consumers + more.consumers);
  }
}
