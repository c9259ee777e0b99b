package org.vidtomo.messaging;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes a copy of a poisonous message with its reason, and settles the original only once that
 * copy is confirmed: the brokers' own dead-lettering keeps no reason.
 *
 * <p>Where dead letters are full, a message that is poisonous is given up, with a line in the log:
 * otherwise whoever fills them would stop all that is handled beside them.
 */
final class DeadLetters {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
  private static final int MAX_REASON_CHARACTERS = 1_000;
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Supplier<Publisher> publisher;
  private final ScheduledExecutorService timer;
  private final MessagingMetrics metrics;

  /** By {@link System#nanoTime}: once refused, the next are not tried for a while. */
  private volatile OptionalLong fullSince = OptionalLong.empty();

  DeadLetters(
      Supplier<Publisher> publisher, ScheduledExecutorService timer, MessagingMetrics metrics) {
    this.publisher = publisher;
    this.timer = timer;
    this.metrics = metrics;
  }

  void bury(ConsumedDelivery delivery, String unsafeReason) {
    String reason = oneLine(String.valueOf(unsafeReason));
    if (isFull()) {
      giveUp(delivery, reason);
      return;
    }
    LOG.warn("A message goes to {}: reason={} {}", Topology.DEAD, reason, delivery);
    OutgoingMessage copy;
    try {
      copy = copy(delivery, reason);
    } catch (IllegalArgumentException e) {
      LOG.warn("Too large to copy, rejecting: error={} {}", e.getMessage(), delivery);
      delivery.rejectToBroker();
      return;
    }
    publish(delivery, copy, reason);
  }

  private boolean isFull() {
    OptionalLong since = fullSince;
    return since.isPresent() && System.nanoTime() - since.getAsLong() < PAUSE.toNanos();
  }

  private void giveUp(ConsumedDelivery delivery, String reason) {
    LOG.warn(
        "A message that cannot be handled is lost, {} is full: reason={} {}",
        Topology.DEAD,
        reason,
        delivery);
    metrics.unburied.increment();
    delivery.finish(ConsumedDelivery.Outcome.POISONED);
  }

  private void publish(ConsumedDelivery delivery, OutgoingMessage copy, String reason) {
    publisher
        .get()
        .publish(copy)
        .whenComplete(
            (nothing, error) -> {
              if (error == null) {
                delivery.finish(ConsumedDelivery.Outcome.POISONED);
              } else if (!(error instanceof PublishFailedException failed)) {
                later(delivery, copy, reason, error);
              } else if (failed.noRoom()) {
                fullSince = OptionalLong.of(System.nanoTime());
                giveUp(delivery, reason);
              } else if (failed.accessRefused()) {
                // An agent's user may write reports only; its queue has a dead-letter route.
                LOG.warn("This user may not write {}, rejecting: {}", Topology.DEAD, delivery);
                delivery.rejectToBroker();
              } else {
                later(delivery, copy, reason, error);
              }
            });
  }

  private void later(
      ConsumedDelivery delivery, OutgoingMessage copy, String reason, Throwable error) {
    if (!delivery.live()) {
      delivery.finish(ConsumedDelivery.Outcome.LOST);
      return;
    }
    LOG.warn("Cannot dead-letter, trying on: error={} {}", error.getMessage(), delivery);
    try {
      timer.schedule(
          () -> publish(delivery, copy, reason), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Closing: the broker delivers it again: {}", delivery);
    }
  }

  private static OutgoingMessage copy(ConsumedDelivery delivery, String reason) {
    Map<String, String> headers = new TreeMap<>(delivery.headers());
    headers.put(Topology.REASON_HEADER, reason);
    headers.put(Topology.ORIGIN_HEADER, delivery.queue() + " " + delivery.routingKey());
    delivery.userId().ifPresent(user -> headers.put(Topology.USER_HEADER, user));
    String messageId = delivery.messageId().filter(id -> !id.isEmpty()).orElseGet(DeadLetters::id);
    String contentType = delivery.contentType().orElse("application/octet-stream");
    return new OutgoingMessage(
        "", Topology.DEAD, delivery.body(), headers, messageId, contentType, true, true);
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  /** What is wrong with a message may quote it: no line breaks into logs, no book in a header. */
  private static String oneLine(String reason) {
    String line = reason.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= MAX_REASON_CHARACTERS
        ? line
        : line.substring(0, MAX_REASON_CHARACTERS) + "…";
  }
}
