package org.vidtomo.coordinator.assign;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.PublishFailedException;
import org.vidtomo.messaging.Publisher;

/** Publishes only while this coordinator leads: looked at for each message. */
public final class LeadersPublisher implements Publisher {
  private final Publisher publisher;
  private final BooleanSupplier leads;

  public LeadersPublisher(Publisher publisher, BooleanSupplier leads) {
    this.publisher = publisher;
    this.leads = leads;
  }

  @Override
  public CompletableFuture<Void> publish(OutgoingMessage message) {
    return leads.getAsBoolean() ? publisher.publish(message) : CompletableFuture.failedFuture(no());
  }

  @Override
  public CompletableFuture<Void> publish(OutgoingMessage message, Duration timeout) {
    return leads.getAsBoolean()
        ? publisher.publish(message, timeout)
        : CompletableFuture.failedFuture(no());
  }

  @Override
  public void publishAndWait(OutgoingMessage message, Duration timeout) {
    if (!leads.getAsBoolean()) {
      throw no();
    }
    publisher.publishAndWait(message, timeout);
  }

  @Override
  public boolean tryPublish(OutgoingMessage message) {
    return leads.getAsBoolean() && publisher.tryPublish(message);
  }

  private static PublishFailedException no() {
    return new PublishFailedException(
        "publishing a task: this coordinator does not lead now, another may");
  }
}
