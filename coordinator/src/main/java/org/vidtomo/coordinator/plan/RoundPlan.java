package org.vidtomo.coordinator.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.task.TaskIds;

/**
 * All that planning a round needs beside its videos. With it, planning is a function: after a crash
 * it makes the same tasks again.
 *
 * @param startsAt the first task's slot
 * @param intervalMicros from one slot to the next
 * @param expiresMicros after its slot, when a task not measured expires
 */
public record RoundPlan(
    UUID campaignId,
    int cycle,
    int round,
    Instant startsAt,
    List<String> targets,
    int samples,
    long intervalMicros,
    long expiresMicros) {

  public RoundPlan {
    requireNonNull(campaignId, "campaignId");
    requireNonNull(startsAt, "startsAt");
    targets = List.copyOf(targets);
    if (targets.isEmpty() || samples < 1 || intervalMicros < 0 || expiresMicros < 1) {
      throw new IllegalArgumentException(
          "a round needs targets, samples >= 1, interval >= 0 and expiry > 0: %s, %d, %d µs, %d µs"
              .formatted(targets, samples, intervalMicros, expiresMicros));
    }
  }

  /**
   * A round that starts at a time.
   *
   * <p>The slots follow each other as fast as the target with the fewest agents may start, and are
   * the same for all targets, so that what is compared was due at the same time.
   */
  public static RoundPlan starting(
      UUID campaignId, int cycle, int round, Instant at, CampaignOptions options, Targets targets) {
    double startsPerMinute = (double) options.startsPerMinute() * targets.agentsOfSmallest();
    return new RoundPlan(
        campaignId,
        cycle,
        round,
        at,
        targets.names(),
        options.samples(),
        Math.round(60_000_000 / startsPerMinute),
        options.expiresMicros());
  }

  /** How many tasks each video gives. */
  public int tasksPerVideo() {
    return Math.multiplyExact(targets.size(), samples);
  }

  /**
   * The tasks of one video.
   *
   * @param number the video's place in the round, from 0
   */
  public List<PlannedTask> tasks(long number, SeedVideo video) {
    List<PlannedTask> tasks = new ArrayList<>(tasksPerVideo());
    for (int sample = 0; sample < samples; sample++) {
      long position = Math.addExact(Math.multiplyExact(number, samples), sample);
      for (String target : targets) {
        tasks.add(task(video, target, sample, position));
      }
    }
    return tasks;
  }

  /**
   * One task.
   *
   * @param position its place among the tasks of its target
   * @param video at {@code position / samples} in the list
   */
  public PlannedTask task(SeedVideo video, String target, long position) {
    return task(video, target, (int) (position % samples), position);
  }

  private PlannedTask task(SeedVideo video, String target, int sample, long position) {
    Instant slot = slot(position);
    return new PlannedTask(
        TaskIds.of(campaignId, cycle, round, video.videoId(), target, sample),
        campaignId,
        cycle,
        round,
        position,
        target,
        sample,
        video,
        slot,
        slot.plus(micros(expiresMicros)));
  }

  private Instant slot(long index) {
    // Rows know times to the millisecond: an attempt made from a row must have the same slot.
    return startsAt
        .plus(micros(Math.multiplyExact(intervalMicros, index)))
        .truncatedTo(ChronoUnit.MILLIS);
  }

  private static Duration micros(long micros) {
    return Duration.ofSeconds(micros / 1_000_000, micros % 1_000_000 * 1000);
  }
}
