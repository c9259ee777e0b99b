package org.vidtomo.coordinator.alert;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.alert.Situation.Member;
import org.vidtomo.coordinator.alert.Situation.RunningCampaign;
import org.vidtomo.coordinator.assign.Dispatcher;
import org.vidtomo.coordinator.assign.Fleet;
import org.vidtomo.coordinator.assign.LaneView;
import org.vidtomo.coordinator.campaign.Campaign;
import org.vidtomo.coordinator.campaign.Campaigns;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerHealth;
import org.vidtomo.messaging.MessagingException;
import org.vidtomo.messaging.Topology;
import org.vidtomo.storage.CampaignStatus;

/** Looks every few seconds, on a thread of its own, and keeps the book. */
public final class AlertWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration LANES_LIMIT = Duration.ofSeconds(2);

  private final Sources sources;
  private final AlertRules rules;
  private final Instant settled;
  private final Clock clock;
  private final AlertBook book = new AlertBook();
  private final AlertMetrics metrics;
  private final Progress progress = new Progress();
  private final Rounds rounds =
      new Rounds("coordinator-alerts", "looking for what is wrong", this::round, EVERY);
  private List<LaneView> lanes = List.of();
  private volatile OptionalLong deadLetters = OptionalLong.empty();

  /**
   * Where it looks.
   *
   * @param floods that were ended
   */
  public record Sources(
      Campaigns campaigns,
      Fleet fleet,
      Dispatcher dispatcher,
      BrokerConnection broker,
      Supplier<List<Finding>> floods) {}

  /**
   * A watch that does not look yet.
   *
   * @param stalledAfter a campaign in which nothing began or ended for so long is stalled
   * @param settled from when on agents that were not heard of are taken for gone
   */
  public AlertWatch(
      Sources sources,
      Duration stalledAfter,
      Instant settled,
      MeterRegistry registry,
      Clock clock) {
    this.sources = sources;
    this.rules = new AlertRules(stalledAfter);
    this.settled = settled;
    this.clock = clock;
    this.metrics = new AlertMetrics(registry, book, () -> deadLetters.orElse(0));
  }

  /** Begins to look. */
  public void start() {
    rounds.start();
  }

  /** What was found. */
  public AlertBook book() {
    return book;
  }

  private void round() {
    Situation now = look();
    List<Finding> findings = new ArrayList<>(rules.findings(now));
    findings.addAll(sources.floods().get());
    book.update(findings, now.now());
    metrics.show(book.all());
  }

  private Situation look() {
    Instant now = clock.instant();
    BrokerHealth broker = sources.broker().check();
    lanes = lanes();
    deadLetters = broker.connected() ? deadLetters() : OptionalLong.empty();
    Fleet fleet = sources.fleet();
    return new Situation(
        now,
        fleet.allHeard() || now.isAfter(settled),
        running(now),
        fleet.all().stream().map(agent -> new Member(agent, fleet.alive(agent))).toList(),
        deadLetters,
        broker.connected() && !broker.blocked()
            ? sources.dispatcher().problem()
            : Optional.of("broker: " + broker.describe()),
        sources.dispatcher().frozen());
  }

  private List<RunningCampaign> running(Instant now) {
    Map<UUID, List<LaneView>> byCampaign =
        lanes.stream().collect(Collectors.groupingBy(LaneView::campaignId));
    List<RunningCampaign> running = new ArrayList<>();
    for (Campaign campaign : sources.campaigns().all()) {
      if (campaign.row().status() != CampaignStatus.RUNNING) {
        continue;
      }
      UUID id = campaign.row().id();
      boolean planned = campaign.row().plan().isPresent();
      running.add(
          new RunningCampaign(
              id,
              campaign.row().options(),
              planned,
              progress.lastMoved(id, campaign.tally().counts(), planned, now),
              byCampaign.getOrDefault(id, List.of()),
              campaign.row().trouble()));
    }
    progress.retain(running.stream().map(RunningCampaign::id).collect(Collectors.toSet()));
    return running;
  }

  /** As they are, or as they last were while the dispatching thread waits for something. */
  private List<LaneView> lanes() {
    try {
      return sources.dispatcher().openLanes().get(LANES_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return lanes;
    } catch (ExecutionException e) {
      throw new IllegalStateException("looking at the open lanes", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return lanes;
    }
  }

  private OptionalLong deadLetters() {
    try {
      return sources.broker().topology().messageCount(Topology.DEAD);
    } catch (MessagingException e) {
      LOG.debug("The depth of {} is not known now", Topology.DEAD, e);
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() {
    rounds.close();
    metrics.close();
  }
}
