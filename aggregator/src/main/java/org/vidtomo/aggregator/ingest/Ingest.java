package org.vidtomo.aggregator.ingest;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.aggregator.derive.Derivation;
import org.vidtomo.aggregator.ingest.ReportVerifier.Verified;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.TaskOutcome;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.messaging.Delivery;
import org.vidtomo.messaging.Handler;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.PoisonException;
import org.vidtomo.messaging.Publisher;
import org.vidtomo.messaging.Topology;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.ReportWriter;
import org.vidtomo.storage.StoreException;

/**
 * One report: verify, take out what is not kept, derive, write, tell its outcome, ack. Each step is
 * done before the next, so whatever kills this process, the broker delivers the report again; all
 * steps may be repeated.
 */
final class Ingest implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

  private final ReportVerifier verifier;
  private final StoredAddresses addresses;
  private final Derivation derivation;
  private final ReportWriter writer;
  private final Publisher publisher;
  private final Retries retries;
  private final IngestMetrics metrics;
  private final Clock clock;

  Ingest(
      ReportVerifier verifier,
      StoredAddresses addresses,
      Derivation derivation,
      ReportWriter writer,
      Publisher publisher,
      Retries retries,
      IngestMetrics metrics,
      Clock clock) {
    this.verifier = requireNonNull(verifier, "verifier");
    this.addresses = requireNonNull(addresses, "addresses");
    this.derivation = requireNonNull(derivation, "derivation");
    this.writer = requireNonNull(writer, "writer");
    this.publisher = requireNonNull(publisher, "publisher");
    this.retries = requireNonNull(retries, "retries");
    this.metrics = requireNonNull(metrics, "metrics");
    this.clock = requireNonNull(clock, "clock");
  }

  @Override
  public void handle(Delivery delivery) {
    metrics.received();
    attempt(delivery, 1);
  }

  private void attempt(Delivery delivery, int tries) {
    Verified verified;
    try {
      verified = addresses.of(verifier.verify(delivery.body(), delivery.headers()));
    } catch (PoisonException e) {
      refuse(delivery, tries, e);
      return;
    } catch (StoreException e) {
      again(delivery, tries, e);
      return;
    }
    CompletionStage<Void> stored;
    try {
      stored = store(verified);
    } catch (IllegalArgumentException e) {
      // What the store can never hold, such as a slot in another century.
      refuse(delivery, tries, e);
      return;
    }
    stored.whenComplete(
        (done, error) -> {
          if (error != null) {
            again(delivery, tries, cause(error));
            return;
          }
          delivery.ack();
          metrics.stored();
          settled(tries);
        });
  }

  private void refuse(Delivery delivery, int tries, Exception reason) {
    metrics.dead();
    LOG.warn(
        "report refused reason=\"{}\" key={}; it is in {}",
        reason.getMessage(),
        delivery.routingKey(),
        Topology.DEAD);
    delivery.poison(String.valueOf(reason.getMessage()));
    settled(tries);
  }

  private CompletionStage<Void> store(Verified verified) {
    Measurement measurement =
        derivation.derive(verified.report(), verified.assignment(), verified.network());
    return writer
        .write(verified.stored(), measurement)
        .thenCompose(written -> publisher.publish(outcome(verified, measurement)));
  }

  private OutgoingMessage outcome(Verified verified, Measurement measurement) {
    Outcome outcome = verified.report().outcome();
    TaskOutcome told =
        new TaskOutcome(
            TaskOutcome.SCHEMA_VERSION,
            measurement.taskId(),
            verified.assignment().attempt(),
            verified.assignment().campaignId(),
            measurement.cycle(),
            measurement.round(),
            measurement.agentId(),
            measurement.reportId(),
            outcome,
            verified.report().failure().map(Failure::kind),
            measurement.url(),
            measurement.provider(),
            measurement.scheduledAt(),
            clock.instant(),
            measurement.startupDelayMicros(),
            measurement.goodputBps(),
            verified.report().related());
    return OutgoingMessage.json(
        Topology.OUTCOMES,
        outcome.wireName(),
        Wire.toBytes(told),
        java.util.Map.of(),
        measurement.reportId().toString());
  }

  private void again(Delivery delivery, int tries, Throwable error) {
    metrics.failed();
    if (tries == 1) {
      LOG.warn("report cannot be stored now, it is tried again error=\"{}\"", error.getMessage());
    }
    retries.later(tries, () -> attempt(delivery, tries + 1));
  }

  private void settled(int tries) {
    if (tries > 1) {
      retries.settled();
    }
  }

  private static Throwable cause(Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }
}
