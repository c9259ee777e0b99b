package org.vidtomo.aggregator.ingest;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.aggregator.derive.Derivation;
import org.vidtomo.aggregator.ingest.ReportVerifier.Verified;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.TaskOutcome;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.messaging.Delivery;
import org.vidtomo.messaging.Handler;
import org.vidtomo.messaging.MessagingException;
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
 * steps may be repeated. Reports go side by side, as many as the prefetch, but for those that come
 * again.
 */
final class Ingest implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);
  private static final int MOST_BREAKS = 5;

  private final ReportVerifier verifier;
  private final StoredAddresses addresses;
  private final Derivation derivation;
  private final ReportWriter writer;
  private final Consumer<Measurement> watcher;
  private final Publisher publisher;
  private final Lanes lanes;
  private final Suspects suspects;
  private final Refusals refusals;
  private final Retries retries;
  private final Patience patience;
  private final IngestMetrics metrics;
  private final Clock clock;
  private final AtomicLong stored = new AtomicLong();

  Ingest(
      ReportVerifier verifier,
      StoredAddresses addresses,
      Derivation derivation,
      ReportWriter writer,
      Consumer<Measurement> watcher,
      Publisher publisher,
      Lanes lanes,
      Suspects suspects,
      Refusals refusals,
      Retries retries,
      Patience patience,
      IngestMetrics metrics,
      Clock clock) {
    this.verifier = requireNonNull(verifier, "verifier");
    this.addresses = requireNonNull(addresses, "addresses");
    this.derivation = requireNonNull(derivation, "derivation");
    this.writer = requireNonNull(writer, "writer");
    this.watcher = requireNonNull(watcher, "watcher");
    this.publisher = requireNonNull(publisher, "publisher");
    this.lanes = requireNonNull(lanes, "lanes");
    this.suspects = requireNonNull(suspects, "suspects");
    this.refusals = requireNonNull(refusals, "refusals");
    this.retries = requireNonNull(retries, "retries");
    this.patience = requireNonNull(patience, "patience");
    this.metrics = requireNonNull(metrics, "metrics");
    this.clock = requireNonNull(clock, "clock");
  }

  @Override
  public void handle(Delivery delivery) {
    metrics.received();
    take(ReportInHand.of(delivery));
  }

  private void take(ReportInHand report) {
    lanes.add(() -> attempt(report), report.suspect().isPresent());
  }

  private void attempt(ReportInHand report) {
    report
        .suspect()
        .ifPresentOrElse(
            id ->
                suspects
                    .begin(id)
                    .whenCompleteAsync(
                        (noted, error) -> {
                          if (error == null) {
                            verifyAndStore(report);
                          } else {
                            failed(report, cause(error));
                          }
                        },
                        lanes.threads()),
            () -> verifyAndStore(report));
  }

  private void verifyAndStore(ReportInHand report) {
    try {
      Delivery delivery = report.delivery();
      Verified verified =
          addresses.of(verifier.verify(delivery.body(), delivery.headers(), delivery.userId()));
      store(verified)
          .whenComplete(
              (done, error) -> {
                if (error == null) {
                  stored(report, verified.again());
                } else {
                  failed(report, cause(error));
                }
              });
    } catch (Exception | StackOverflowError e) {
      failed(report, e);
    } catch (Error e) {
      LOG.error("handling a report failed, and not by its fault alone", e);
      failed(report, new BrokenException(e));
    }
  }

  private void stored(ReportInHand report, boolean again) {
    if (again && report.isNew()) {
      refusals.again(report.delivery());
    }
    report.delivery().ack();
    metrics.stored();
    stored.incrementAndGet();
    settled(report);
  }

  private void failed(ReportInHand report, Throwable error) {
    if (error instanceof PoisonException) {
      refuse(report, String.valueOf(error.getMessage()));
    } else if (error instanceof BrokenException && report.tries().count() >= MOST_BREAKS) {
      refuse(report, "handling it failed %d times: %s".formatted(MOST_BREAKS, error.getMessage()));
    } else if (isAway(error)) {
      again(report, error);
    } else {
      // Reading and deriving are pure: what they throw once they throw always. Or it is what the
      // store can never hold, such as a slot in another century.
      refuse(report, "it cannot be handled: " + error);
    }
  }

  private static boolean isAway(Throwable error) {
    return error instanceof StoreException
        || error instanceof MessagingException
        || error instanceof BrokenException;
  }

  /** Memory or the like was missing; it may be there another time. */
  private static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenException(Error error) {
      super(error.toString(), error);
    }
  }

  private void refuse(ReportInHand report, String reason) {
    refusals.refuse(report.delivery(), reason);
    settled(report);
  }

  private CompletionStage<Void> store(Verified verified) {
    Measurement measurement =
        derivation.derive(verified.report(), verified.assignment(), verified.network());
    // What waits for the store holds a report's body, and not what it was decoded to.
    Assignment assignment = verified.assignment();
    List<String> related = verified.report().related();
    return writer
        .write(verified.stored(), measurement)
        .thenComposeAsync(
            written -> {
              watcher.accept(measurement);
              return publisher.publish(outcome(measurement, assignment, related));
            },
            lanes.threads());
  }

  private OutgoingMessage outcome(
      Measurement measurement, Assignment assignment, List<String> related) {
    TaskOutcome told =
        new TaskOutcome(
            TaskOutcome.SCHEMA_VERSION,
            measurement.taskId(),
            assignment.attempt(),
            assignment.campaignId(),
            measurement.cycle(),
            measurement.round(),
            measurement.agentId(),
            measurement.reportId(),
            measurement.outcome(),
            measurement.failureKind(),
            measurement.url(),
            measurement.provider(),
            measurement.scheduledAt(),
            clock.instant(),
            measurement.startupDelayMicros(),
            measurement.goodputBps(),
            related);
    return OutgoingMessage.json(
        Topology.OUTCOMES,
        measurement.outcome().wireName(),
        Wire.toBytes(told),
        Map.of(),
        measurement.reportId().toString());
  }

  private void again(ReportInHand report, Throwable error) {
    Tries next = report.tries().next(stored.get(), System.nanoTime(), patience.longestPause());
    if (next.passed() >= patience.mostPassed()) {
      refuse(
          report,
          "it could not be stored in %d tries while others were: %s"
              .formatted(report.tries().count(), error.getMessage()));
      return;
    }
    metrics.failed();
    if (report.tries().count() == 1) {
      LOG.warn("report cannot be stored now, it is tried again error=\"{}\"", error.getMessage());
    }
    // While it waits it is not in hand: it must not keep others from being taken.
    report.suspect().ifPresent(suspects::putDown);
    lanes.settled();
    retries.later(
        report.tries().count(),
        patience.pauseAfter(report.tries().count()),
        () -> take(report.in(next)));
  }

  private void settled(ReportInHand report) {
    report.suspect().ifPresent(suspects::settled);
    lanes.settled();
    if (report.tries().count() > 1) {
      retries.settled();
    }
  }

  private static Throwable cause(Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }
}
