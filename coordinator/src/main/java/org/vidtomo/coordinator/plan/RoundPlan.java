package org.vidtomo.coordinator.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.task.TaskIds;
import org.vidtomo.storage.Seed;

/**
 * All that planning a round needs beside its videos. With it, planning is a function: after a crash
 * it makes the same tasks again.
 *
 * @param startsAt the first task's slot
 * @param intervalMicros from one slot to the next
 * @param expiresMicros after its slot, when a task not measured expires
 * @param span which of the cycle's videos it measures; empty in plans of versions without crawls:
 *     the campaign's whole list
 * @param cycleStartsAt the first slot of the cycle's first round; empty: this is the first
 */
public record RoundPlan(
    UUID campaignId,
    int cycle,
    int round,
    Instant startsAt,
    List<String> targets,
    int samples,
    long intervalMicros,
    long expiresMicros,
    Optional<Span> span,
    Optional<Instant> cycleStartsAt) {

  /**
   * Videos of a cycle.
   *
   * @param first the position of the first, among all of the cycle, from 0
   * @param count how many
   * @param found whether listings or pages led to them, and they are kept with the cycle; else they
   *     are the campaign's own list
   */
  public record Span(long first, long count, boolean found) {
    public Span {
      if (first < 0 || count < 1) {
        throw new IllegalArgumentException(
            "a span needs first >= 0 and count >= 1: %d, %d".formatted(first, count));
      }
    }

    /** The position after the last. */
    public long end() {
      return Math.addExact(first, count);
    }
  }

  public RoundPlan {
    requireNonNull(campaignId, "campaignId");
    requireNonNull(startsAt, "startsAt");
    requireNonNull(span, "span");
    requireNonNull(cycleStartsAt, "cycleStartsAt");
    targets = List.copyOf(targets);
    if (targets.isEmpty() || samples < 1 || intervalMicros < 0 || expiresMicros < 1) {
      throw new IllegalArgumentException(
          "a round needs targets, samples >= 1, interval >= 0 and expiry > 0: %s, %d, %d µs, %d µs"
              .formatted(targets, samples, intervalMicros, expiresMicros));
    }
  }

  /**
   * The first round of a cycle, of the seeds.
   *
   * <p>The slots follow each other as fast as the target with the fewest agents may start, and are
   * the same for all targets, so that what is compared was due at the same time.
   */
  public static RoundPlan starting(
      UUID campaignId,
      int cycle,
      Instant at,
      CampaignOptions options,
      Targets targets,
      Span seeds) {
    return new RoundPlan(
        campaignId,
        cycle,
        0,
        at,
        targets.names(),
        options.samples(),
        interval(options, targets),
        options.expiresMicros(),
        Optional.of(seeds),
        Optional.empty());
  }

  /**
   * The round after this one. Its targets are those of this one, whoever is alive: what the rounds
   * of a cycle measure is to be compared.
   *
   * @param agents the targets over the agents that are alive, for the pace
   */
  public RoundPlan next(Instant at, CampaignOptions options, Targets agents, long count) {
    return new RoundPlan(
        campaignId,
        cycle,
        round + 1,
        at,
        targets,
        samples,
        interval(options, agents),
        expiresMicros,
        Optional.of(new Span(videos().end(), count, true)),
        Optional.of(cycleStarted()));
  }

  private static long interval(CampaignOptions options, Targets targets) {
    double startsPerMinute = (double) options.startsPerMinute() * targets.agentsOfSmallest();
    return Math.round(60_000_000 / startsPerMinute);
  }

  /** The same, of which it is known which videos it measures. */
  public RoundPlan over(Span videos) {
    return new RoundPlan(
        campaignId,
        cycle,
        round,
        startsAt,
        targets,
        samples,
        intervalMicros,
        expiresMicros,
        Optional.of(videos),
        cycleStartsAt);
  }

  /** Which of the cycle's videos it measures. */
  public Span videos() {
    return span.orElseThrow(() -> new IllegalStateException("a plan of an unknown list"));
  }

  /** The first slot of the cycle. */
  public Instant cycleStarted() {
    return cycleStartsAt.orElse(startsAt);
  }

  /** Whether another plan is of the same round. */
  public boolean isRound(int otherCycle, int otherRound) {
    return cycle == otherCycle && round == otherRound;
  }

  /** A video's place in the round, from 0. */
  public long number(Seed video) {
    return video.position() - videos().first();
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
