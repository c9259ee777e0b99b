package org.vidtomo.coordinator.campaign;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.vidtomo.coordinator.plan.PlannedTask;
import org.vidtomo.coordinator.plan.RoundPlan;
import org.vidtomo.coordinator.plan.SeedVideo;
import org.vidtomo.coordinator.plan.Targets;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.storage.CampaignStatus;
import org.vidtomo.storage.CrawlStore;
import org.vidtomo.storage.Seed;
import org.vidtomo.storage.TaskRow;
import org.vidtomo.storage.TaskStore;

/**
 * Begins rounds, stores their tasks piece by piece, and sees when a campaign is over. A piece is
 * noted once it is stored, and only then given out: after a crash the piece in hand is planned
 * again, with the same ids. Confined to one thread.
 */
public final class RoundPlanner implements AutoCloseable {
  /** Some 80 rows for each partition of a cycle, which are written together. */
  private static final int TASKS_AT_ONCE = 5_000;

  private static final int MOST_VIDEOS_AT_ONCE = 5_000;

  private final Campaigns campaigns;
  private final RoundVideos rounds;
  private final Frontier frontier;
  private final SeedsAhead seedsAhead;
  private final TaskStore tasks;
  private final Supplier<Optional<Map<String, String>>> agents;
  private final Clock clock;

  /**
   * A planner of these campaigns.
   *
   * @param agents provider by id of the agents alive; empty while that is not known yet
   */
  public RoundPlanner(
      Campaigns campaigns,
      RoundVideos rounds,
      CrawlStore crawl,
      CycleSeeds cycleSeeds,
      TaskStore tasks,
      Supplier<Optional<Map<String, String>>> agents,
      Clock clock) {
    this.campaigns = campaigns;
    this.rounds = rounds;
    this.frontier = new Frontier(rounds, crawl);
    this.seedsAhead = new SeedsAhead(cycleSeeds);
    this.tasks = tasks;
    this.agents = agents;
    this.clock = clock;
  }

  /**
   * Does the next piece of each campaign.
   *
   * @return whether there is more to do at once
   * @throws RuntimeException the first failure, once all campaigns had their turn
   */
  public boolean step() {
    boolean more = false;
    List<RuntimeException> failures = new ArrayList<>();
    for (Campaign campaign : campaigns.all()) {
      try {
        more |= step(campaign);
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    return more;
  }

  private boolean step(Campaign campaign) {
    CampaignRow row = campaign.row();
    if (row.status() == CampaignStatus.CANCELLED) {
      campaign.cancelUnplanned();
      return false;
    }
    if (row.status() == CampaignStatus.FINISHED) {
      return false;
    }
    if (row.plan().isEmpty()) {
      return beginCycle(campaign, row, 0);
    }
    if (!row.whollyPlanned()) {
      storeNext(campaign, row, row.plan().get());
      return true;
    }
    return campaign.tally().open() == 0 && roundOver(campaign, row, row.plan().get());
  }

  /** All its tasks are accounted for, and what their pages linked to is stored. */
  private boolean roundOver(Campaign campaign, CampaignRow row, RoundPlan plan) {
    OptionalLong next = frontier.next(row);
    if (next.isEmpty()) {
      return true;
    }
    return next.getAsLong() > 0
        ? beginRound(campaign, row, plan, next.getAsLong())
        : cycleOver(campaign, row, plan);
  }

  private boolean cycleOver(Campaign campaign, CampaignRow row, RoundPlan plan) {
    CampaignOptions options = row.options();
    if (!options.loop() && options.everyMicros().isEmpty()) {
      campaigns.finished(row.id());
      frontier.forget(row.id());
      return false;
    }
    Instant due =
        plan.cycleStarted().plusNanos(Math.multiplyExact(options.everyMicros().orElse(0), 1000L));
    return !clock.instant().isBefore(due) && beginCycle(campaign, row, row.cycle() + 1);
  }

  private boolean beginCycle(Campaign campaign, CampaignRow row, int cycle) {
    Optional<Targets> targets = targets(row).filter(some -> !some.isEmpty());
    OptionalLong videos = targets.isEmpty() ? OptionalLong.empty() : seeds(campaign, row, cycle);
    if (videos.isEmpty()) {
      return false;
    }
    RoundPlan.Span span = new RoundPlan.Span(0, videos.getAsLong(), row.listed().isPresent());
    campaigns.roundBegins(
        campaign,
        RoundPlan.starting(row.id(), cycle, clock.instant(), row.options(), targets.get(), span));
    frontier.forget(row.id());
    seedsAhead.forget(row.id());
    return true;
  }

  /** How many seeds a cycle has; empty while listings are read, or none of them can be. */
  private OptionalLong seeds(Campaign campaign, CampaignRow row, int cycle) {
    if (row.listed().isEmpty() || cycle == 0) {
      return OptionalLong.of(row.videos());
    }
    Optional<CycleSeeds.Made> made = seedsAhead.of(row, cycle, clock.instant());
    made.ifPresent(
        some ->
            campaigns.troubled(campaign, some.troubles().stream().reduce((a, b) -> a + "; " + b)));
    return made.isPresent() && made.get().videos() > 0
        ? OptionalLong.of(made.get().videos())
        : OptionalLong.empty();
  }

  private boolean beginRound(Campaign campaign, CampaignRow row, RoundPlan plan, long videos) {
    Optional<Targets> agents = targets(row);
    if (agents.isEmpty()) {
      return false;
    }
    RoundPlan next = plan.next(clock.instant(), row.options(), agents.get(), videos);
    campaigns.roundBegins(campaign, next);
    frontier.begun(next);
    return true;
  }

  /** The targets over the agents that are alive, once that is known; none while it is paused. */
  private Optional<Targets> targets(CampaignRow row) {
    return row.status() == CampaignStatus.RUNNING
        ? agents.get().map(alive -> Targets.of(row.options(), alive))
        : Optional.empty();
  }

  private void storeNext(Campaign campaign, CampaignRow row, RoundPlan plan) {
    int most = Math.min(MOST_VIDEOS_AT_ONCE, Math.max(1, TASKS_AT_ONCE / plan.tasksPerVideo()));
    List<Seed> videos = rounds.read(plan, row.videosPlanned(), most);
    List<TaskRow> rows = new ArrayList<>();
    for (Seed video : videos) {
      plan.tasks(plan.number(video), SeedVideo.of(video)).stream()
          .map(PlannedTask::row)
          .forEach(rows::add);
    }
    try {
      tasks.insertPlanned(rows).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    campaigns.planned(campaign, row.videosPlanned() + videos.size());
  }

  @Override
  public void close() {
    seedsAhead.close();
  }
}
