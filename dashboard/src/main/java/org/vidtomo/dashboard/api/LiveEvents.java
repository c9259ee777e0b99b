package org.vidtomo.dashboard.api;

import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.TaskOutcome;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.messaging.Delivery;

/**
 * What happens, for the listeners: {@code measurement} for each outcome the aggregators publish,
 * {@code progress} for each campaign that moved.
 */
final class LiveEvents {
  private static final Logger LOG = LoggerFactory.getLogger(LiveEvents.class);
  private static final long LOOK_MILLIS = 1_000;

  private final Vertx vertx;
  private final EventHub hub;
  private final Routes routes;
  private final Campaigns campaigns;
  private final AgentNames names;
  private final Runnable stored;
  private final Map<UUID, CampaignView> told = new HashMap<>();
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile long timer = -1;

  /**
   * No events yet.
   *
   * @param stored run when a report was stored
   */
  LiveEvents(
      Vertx vertx,
      EventHub hub,
      Routes routes,
      Campaigns campaigns,
      AgentNames names,
      Runnable stored) {
    this.vertx = vertx;
    this.hub = hub;
    this.routes = routes;
    this.campaigns = campaigns;
    this.names = names;
    this.stored = stored;
  }

  /** A measurement that was just stored. */
  private record MeasurementEvent(
      UUID reportId,
      UUID campaignId,
      Instant scheduledAt,
      Optional<String> provider,
      Optional<String> agentId,
      String url,
      Outcome outcome,
      Optional<FailureKind> failureKind,
      OptionalLong startupDelayMicros,
      OptionalLong goodputBps) {}

  void start() {
    hub.start();
    timer = vertx.setPeriodic(LOOK_MILLIS, id -> look());
  }

  int listeners() {
    return hub.clients();
  }

  void close() {
    vertx.cancelTimer(timer);
    hub.close();
  }

  /** Takes an outcome from the broker. */
  void outcome(Delivery delivery) {
    try {
      TaskOutcome outcome = Wire.read(delivery.body(), TaskOutcome.class);
      stored.run();
      hub.broadcast(
          "measurement",
          new MeasurementEvent(
              outcome.reportId(),
              outcome.campaignId(),
              outcome.scheduledAt(),
              outcome.provider(),
              Optional.of(outcome.agentId()).filter(names::mayBeKnown),
              outcome.url(),
              outcome.outcome(),
              outcome.failureKind(),
              outcome.startupDelayMicros(),
              outcome.goodputBps()));
    } catch (WireException e) {
      // The coordinator accounts for it; here it would only have been shown.
      LOG.warn("An outcome could not be read: reason={}", e.getMessage());
    } finally {
      delivery.ack();
    }
  }

  private void look() {
    if (hub.clients() == 0 || !looking.compareAndSet(false, true)) {
      return;
    }
    routes
        .blocking(campaigns::moving)
        .onSuccess(this::tellChanged)
        .onFailure(error -> LOG.debug("Looking for progress failed", error))
        .onComplete(done -> looking.set(false));
  }

  private void tellChanged(List<CampaignView> now) {
    for (CampaignView campaign : now) {
      // A client that has just come has asked for the state itself.
      if (!campaign.equals(told.put(campaign.id(), campaign))) {
        hub.broadcast("progress", campaign);
      }
    }
  }
}
