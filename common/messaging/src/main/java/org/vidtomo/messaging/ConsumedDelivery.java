package org.vidtomo.messaging;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.LongString;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A delivery on one channel. Once that channel is closed, settling it is a no-op. */
final class ConsumedDelivery implements Delivery {
  /** Hears what becomes of a delivery. */
  interface Settling {
    /** The handler, or its failing, decided that it is poison. */
    void poison(ConsumedDelivery delivery, String reason);

    /** It was settled on the broker, or its channel was found closed. */
    void settled(ConsumedDelivery delivery, Outcome outcome);
  }

  /** What became of a delivery. */
  enum Outcome {
    ACKED,
    POISONED,
    REQUEUED,
    LOST
  }

  private static final Logger LOG = LoggerFactory.getLogger(ConsumedDelivery.class);

  private final Acknowledgements acknowledgements;
  private final String queue;
  private final Envelope envelope;
  private final BasicProperties properties;
  private final byte[] body;
  private final Settling settling;
  private final AtomicBoolean settled = new AtomicBoolean();
  private volatile int attempt;

  ConsumedDelivery(
      Acknowledgements acknowledgements,
      String queue,
      Envelope envelope,
      BasicProperties properties,
      byte[] body,
      Settling settling) {
    this.acknowledgements = acknowledgements;
    this.queue = queue;
    this.envelope = envelope;
    this.properties = properties;
    this.body = body;
    this.settling = settling;
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public Map<String, String> headers() {
    Map<String, String> text = new LinkedHashMap<>();
    if (properties.getHeaders() != null) {
      properties
          .getHeaders()
          .forEach((name, value) -> text(value).ifPresent(shown -> text.put(name, shown)));
    }
    return text;
  }

  /** A header's value as text; empty for nested tables. */
  static Optional<String> text(Object value) {
    return value instanceof LongString
            || value instanceof CharSequence
            || value instanceof Number
            || value instanceof Boolean
        ? Optional.of(value.toString())
        : Optional.empty();
  }

  @Override
  public String queue() {
    return queue;
  }

  @Override
  public String routingKey() {
    return envelope.getRoutingKey();
  }

  @Override
  public Optional<String> messageId() {
    return Optional.ofNullable(properties.getMessageId());
  }

  @Override
  public Optional<String> userId() {
    return Optional.ofNullable(properties.getUserId());
  }

  @Override
  public Optional<Instant> timestamp() {
    return Optional.ofNullable(properties.getTimestamp()).map(Date::toInstant);
  }

  @Override
  public boolean redelivered() {
    return envelope.isRedeliver();
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public void ack() {
    if (claim("ack")) {
      finish(Outcome.ACKED);
    }
  }

  @Override
  public void poison(String reason) {
    if (claim("poison")) {
      settling.poison(this, reason);
    }
  }

  @Override
  public void requeue() {
    if (claim("requeue")) {
      acknowledgements.requeue(this);
    }
  }

  @Override
  public String toString() {
    return "Delivery[queue="
        + queue
        + ", routingKey="
        + routingKey()
        + ", messageId="
        + messageId().orElse("none")
        + ", bytes="
        + body.length
        + "]";
  }

  Optional<String> contentType() {
    return Optional.ofNullable(properties.getContentType());
  }

  boolean claimed() {
    return settled.get();
  }

  boolean live() {
    return acknowledgements.live();
  }

  void handOut(int newAttempt) {
    attempt = newAttempt;
  }

  /** Tells the broker. For one whose copy is dead-lettered, after {@link Settling#poison}. */
  void finish(Outcome outcome) {
    acknowledgements.ack(this, outcome);
  }

  /** Lets the broker's own dead-lettering take it. */
  void rejectToBroker() {
    acknowledgements.reject(this);
  }

  long tag() {
    return envelope.getDeliveryTag();
  }

  /** To be called when the broker has been told, or cannot be. */
  void settled(Outcome outcome) {
    settling.settled(this, outcome);
  }

  private boolean claim(String how) {
    boolean first = settled.compareAndSet(false, true);
    if (!first) {
      LOG.warn("A delivery is settled a second time, which does nothing: how={} {}", how, this);
    }
    return first;
  }
}
