package org.vidtomo.coordinator.campaign;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.vidtomo.coordinator.plan.PlannedTask;
import org.vidtomo.coordinator.plan.RoundPlan;
import org.vidtomo.coordinator.plan.SeedVideo;
import org.vidtomo.coordinator.plan.Targets;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.storage.CampaignStatus;
import org.vidtomo.storage.Seed;
import org.vidtomo.storage.SeedStore;
import org.vidtomo.storage.TaskRow;
import org.vidtomo.storage.TaskStore;

/**
 * Begins rounds, stores their tasks piece by piece, and sees when a campaign is over. A piece is
 * noted once it is stored, and only then given out: after a crash the piece in hand is planned
 * again, with the same ids. Confined to one thread.
 */
public final class RoundPlanner {
  /** Some 80 rows for each partition of a cycle, which are written together. */
  private static final int TASKS_AT_ONCE = 5_000;

  private static final int MOST_VIDEOS_AT_ONCE = 5_000;

  private final Campaigns campaigns;
  private final SeedStore seeds;
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
      SeedStore seeds,
      TaskStore tasks,
      Supplier<Optional<Map<String, String>>> agents,
      Clock clock) {
    this.campaigns = campaigns;
    this.seeds = seeds;
    this.tasks = tasks;
    this.agents = agents;
    this.clock = clock;
  }

  /**
   * Does the next piece of each campaign.
   *
   * @return whether there is more to do at once
   */
  public boolean step() {
    boolean more = false;
    for (Campaign campaign : campaigns.all()) {
      more |= step(campaign);
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
      return begin(campaign, 0, clock.instant());
    }
    if (!row.whollyPlanned()) {
      storeNext(campaign, row, row.plan().get());
      return true;
    }
    return campaign.tally().open() == 0 && roundOver(campaign, row);
  }

  private boolean roundOver(Campaign campaign, CampaignRow row) {
    CampaignOptions options = row.options();
    if (!options.loop() && options.everyMicros().isEmpty()) {
      campaigns.finished(row.id());
      return false;
    }
    Instant due =
        row.plan()
            .get()
            .startsAt()
            .plusNanos(Math.multiplyExact(options.everyMicros().orElse(0), 1000L));
    return !clock.instant().isBefore(due) && begin(campaign, row.cycle() + 1, clock.instant());
  }

  private boolean begin(Campaign campaign, int cycle, Instant now) {
    CampaignRow row = campaign.row();
    Optional<Map<String, String>> alive = agents.get();
    if (alive.isEmpty() || row.status() != CampaignStatus.RUNNING) {
      return false;
    }
    Targets targets = Targets.of(row.options(), alive.get());
    if (targets.isEmpty()) {
      return false;
    }
    campaigns.roundBegins(
        campaign, RoundPlan.starting(row.id(), cycle, 0, now, row.options(), targets));
    return true;
  }

  private void storeNext(Campaign campaign, CampaignRow row, RoundPlan plan) {
    int most = Math.min(MOST_VIDEOS_AT_ONCE, Math.max(1, TASKS_AT_ONCE / plan.tasksPerVideo()));
    List<Seed> videos = seeds.read(row.id(), row.videosPlanned(), most);
    if (videos.isEmpty()) {
      throw new IllegalStateException(
          "campaign %s has %d videos, but none is stored from %d on"
              .formatted(row.id(), row.videos(), row.videosPlanned()));
    }
    List<TaskRow> rows = new ArrayList<>();
    for (Seed video : videos) {
      plan.tasks(video.position(), SeedVideo.of(video)).stream()
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
}
