package org.vidtomo.coordinator.assign;

import org.vidtomo.coordinator.campaign.RoundVideos;
import org.vidtomo.coordinator.plan.RoundPlan;
import org.vidtomo.coordinator.plan.SeedVideo;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.storage.Seed;

/**
 * Keeps the lanes filled. Planning is a function of the list, so the tasks are made again from it
 * instead of read back.
 */
final class LaneFeeder {
  private static final int FRESH_AT_MOST = 256;
  private static final int FRESH_OF_A_CAMPAIGN = 32_000;
  private static final int FRESH_AT_LEAST = 8;

  private final RoundVideos rounds;

  LaneFeeder(RoundVideos rounds) {
    this.rounds = rounds;
  }

  /**
   * Fills what has become low.
   *
   * @return whether something was fed
   */
  boolean feed(CampaignDesk desk) {
    if (desk.row().plan().isEmpty()) {
      return false;
    }
    RoundPlan plan = desk.row().plan().get();
    long planned = desk.row().plannedPositions();
    int page =
        Math.max(
            FRESH_AT_LEAST, Math.min(FRESH_AT_MOST, FRESH_OF_A_CAMPAIGN / plan.targets().size()));
    boolean fed = false;
    for (String target : plan.targets()) {
      Lane lane = desk.lane(target);
      if (lane.freshTasks() <= page / 4 && lane.nextPosition() < planned) {
        feed(plan, target, lane, Math.min(planned, lane.nextPosition() + page));
        fed = true;
      }
    }
    return fed;
  }

  private void feed(RoundPlan plan, String target, Lane lane, long before) {
    long firstVideo = lane.nextPosition() / plan.samples();
    long videos = (before - 1) / plan.samples() - firstVideo + 1;
    for (Seed seed : rounds.read(plan, firstVideo, Math.toIntExact(videos))) {
      SeedVideo video = SeedVideo.of(seed);
      for (int sample = 0; sample < plan.samples(); sample++) {
        long position = plan.number(seed) * plan.samples() + sample;
        if (position < before && lane.wants(position)) {
          lane.feed(new Waiting(plan.task(video, target, position), 0, TaskState.PLANNED));
        }
      }
    }
    lane.fedBefore(before);
  }
}
