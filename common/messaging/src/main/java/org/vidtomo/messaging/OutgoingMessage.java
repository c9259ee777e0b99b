package org.vidtomo.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Objects;

/**
 * A message to publish.
 *
 * @param exchange where to; empty for the default exchange, whose routing keys are queue names
 * @param routingKey at most 255 bytes
 * @param body at most {@value #MAX_BODY_BYTES} bytes; not copied: do not change it
 * @param headers text by name, such as a signature and its key id; at most {@value
 *     #MAX_HEADER_BYTES} bytes in all
 * @param messageId at most 255 bytes; the same for the same message published again
 * @param contentType at most 255 bytes
 * @param persistent whether a durable queue keeps it over a restart of the broker
 * @param mandatory whether it is an error that no queue takes it
 */
public record OutgoingMessage(
    String exchange,
    String routingKey,
    byte[] body,
    Map<String, String> headers,
    String messageId,
    String contentType,
    boolean persistent,
    boolean mandatory) {
  /** Reports are at most 32 KiB; this leaves room and stays far below a broker's own limit. */
  public static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

  /** The headers must fit one AMQP frame, 128 KiB by default. */
  public static final int MAX_HEADER_BYTES = 64 * 1024;

  private static final int MAX_SHORT_BYTES = 255;

  /** Copies the headers and checks the limits. */
  public OutgoingMessage {
    checkShort("exchange", exchange);
    checkShort("routingKey", routingKey);
    checkShort("messageId", messageId);
    checkShort("contentType", contentType);
    Objects.requireNonNull(body, "body");
    headers = Map.copyOf(headers);
    if (messageId.isEmpty()) {
      throw new IllegalArgumentException("messageId must not be empty");
    }
    if (body.length > MAX_BODY_BYTES) {
      throw new IllegalArgumentException(
          "body must be <= " + MAX_BODY_BYTES + " bytes, is " + body.length);
    }
    int headerBytes = 0;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      checkShort("header name", header.getKey());
      headerBytes += bytes(header.getKey()) + bytes(header.getValue());
    }
    if (headerBytes > MAX_HEADER_BYTES) {
      throw new IllegalArgumentException(
          "headers must be <= " + MAX_HEADER_BYTES + " bytes, are " + headerBytes);
    }
  }

  /** A persistent, mandatory JSON message: it arrives or the publisher hears of it. */
  public static OutgoingMessage json(
      String exchange,
      String routingKey,
      byte[] body,
      Map<String, String> headers,
      String messageId) {
    return new OutgoingMessage(
        exchange, routingKey, body, headers, messageId, "application/json", true, true);
  }

  /** A JSON message that nobody need hear and no broker need keep: for presence. */
  public static OutgoingMessage passingJson(
      String exchange,
      String routingKey,
      byte[] body,
      Map<String, String> headers,
      String messageId) {
    return new OutgoingMessage(
        exchange, routingKey, body, headers, messageId, "application/json", false, false);
  }

  @Override
  public String toString() {
    return "OutgoingMessage[exchange="
        + exchange
        + ", routingKey="
        + routingKey
        + ", messageId="
        + messageId
        + ", bytes="
        + body.length
        + "]";
  }

  private static void checkShort(String name, String value) {
    if (bytes(value) > MAX_SHORT_BYTES) {
      throw new IllegalArgumentException(name + " must be <= 255 bytes, is " + bytes(value));
    }
  }

  private static int bytes(String text) {
    return text.getBytes(UTF_8).length;
  }
}
