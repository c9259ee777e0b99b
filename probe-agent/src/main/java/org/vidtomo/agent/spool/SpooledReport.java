package org.vidtomo.agent.spool;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/**
 * A report as it is to be published: the signed bytes and their headers, never changed again.
 *
 * @param messageId the report's id
 * @param body not copied: do not change it
 */
public record SpooledReport(
    TaskKey task,
    String routingKey,
    String messageId,
    Map<String, String> headers,
    Instant createdAt,
    byte[] body) {
  public SpooledReport {
    requireNonNull(task, "task");
    requireNonNull(routingKey, "routingKey");
    requireNonNull(messageId, "messageId");
    headers = Map.copyOf(headers);
    requireNonNull(createdAt, "createdAt");
    requireNonNull(body, "body");
  }
}
