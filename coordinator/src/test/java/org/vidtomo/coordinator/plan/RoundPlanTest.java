package org.vidtomo.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.storage.Seed;

final class RoundPlanTest {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00.123456789Z");
  private static final UUID CAMPAIGN = new UUID(1, 2);
  private static final RoundPlan.Span SEEDS = new RoundPlan.Span(0, 100, false);

  @Test
  void plan_givesEachVideoToEachTarget_sampleBySample() {
    RoundPlan plan = plan(List.of("alpha", "beta"), 3, 1_000_000);

    List<PlannedTask> tasks = plan.tasks(7, video(7));

    assertThat(tasks).hasSize(6).hasSize(plan.tasksPerVideo());
    assertThat(tasks).extracting(PlannedTask::position).containsOnly(21L, 22L, 23L);
    assertThat(tasks).extracting(PlannedTask::target).containsOnly("alpha", "beta");
    assertThat(new HashSet<>(ids(tasks))).hasSize(6);
  }

  @Test
  void plan_madeAgainAfterACrash_makesTheSameTasks() throws Exception {
    RoundPlan plan = plan(List.of("alpha", "beta"), 2, 1_234_567);
    RoundPlan readBack = Wire.read(Wire.toBytes(plan), RoundPlan.class);

    assertThat(readBack.tasks(11, video(11))).isEqualTo(plan.tasks(11, video(11)));
  }

  @Test
  void singleTask_isTheOneOfTheWholePlan() {
    RoundPlan plan = plan(List.of("alpha", "beta"), 2, 1_234_567);

    for (PlannedTask task : plan.tasks(11, video(11))) {
      assertThat(plan.task(video(11), task.target(), task.position())).isEqualTo(task);
    }
  }

  @Test
  void nextCycle_hasOtherTasks() {
    RoundPlan first = plan(List.of("alpha"), 1, 0);
    RoundPlan second = plan(1, 0, List.of("alpha"), 1, 0);

    assertThat(ids(first.tasks(0, video(0))))
        .doesNotContainAnyElementsOf(ids(second.tasks(0, video(0))));
  }

  @Test
  void slots_areTheSameForAllTargets_riseAndAreWholeMilliseconds() {
    RoundPlan plan = plan(List.of("alpha", "beta", "gamma"), 2, 333_333);
    List<PlannedTask> tasks = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      tasks.addAll(plan.tasks(i, video(i)));
    }

    assertThat(tasks).extracting(PlannedTask::scheduledAt).isSorted();
    for (PlannedTask task : tasks) {
      assertThat(task.scheduledAt()).isEqualTo(task.scheduledAt().truncatedTo(ChronoUnit.MILLIS));
      assertThat(task.expiresAt()).isEqualTo(task.scheduledAt().plus(Duration.ofSeconds(60)));
      assertThat(tasks)
          .filteredOn(other -> other.position() == task.position())
          .extracting(PlannedTask::scheduledAt)
          .containsOnly(task.scheduledAt());
    }
  }

  @Test
  void slots_followEachOtherAsFastAsTheSmallestTargetMayStart() {
    Targets targets =
        Targets.of(
            CampaignOptions.DEFAULTS,
            Map.of("a1", "alpha", "a2", "alpha", "a3", "alpha", "b1", "beta", "b2", "beta"));

    RoundPlan plan =
        RoundPlan.starting(CAMPAIGN, 0, START, CampaignOptions.DEFAULTS, targets, SEEDS);

    // 6 a minute and agent, 2 agents.
    assertThat(plan.intervalMicros()).isEqualTo(5_000_000);
    assertThat(plan.targets()).containsExactly("alpha", "beta");
  }

  @Test
  void nextRound_goesOnWhereTheOneBeforeEnded_forTheSameTargets() throws Exception {
    RoundPlan first = plan(List.of("alpha", "beta"), 2, 1_000_000);

    RoundPlan next =
        first.next(
            START.plusSeconds(60), CampaignOptions.DEFAULTS, new Targets(List.of("gamma"), 3), 7);

    assertThat(next.round()).isEqualTo(1);
    assertThat(next.targets()).isEqualTo(first.targets());
    assertThat(next.videos()).isEqualTo(new RoundPlan.Span(100, 7, true));
    assertThat(next.cycleStarted()).isEqualTo(START);
    assertThat(next.number(new Seed(103, "", "", ""))).isEqualTo(3);
    assertThat(ids(next.tasks(3, video(1))))
        .doesNotContainAnyElementsOf(ids(first.tasks(3, video(1))));
    assertThat(Wire.read(Wire.toBytes(next), RoundPlan.class)).isEqualTo(next);
  }

  @Test
  void plan_ofAVersionWithoutCrawls_isRead() throws Exception {
    RoundPlan old =
        Wire.read(
            """
            {"campaignId": "00000000-0000-0001-0000-000000000002", "cycle": 3, "round": 0,
             "startsAt": "2026-11-21T10:00:00Z", "targets": ["alpha"], "samples": 1,
             "intervalMicros": 1000, "expiresMicros": 1000000}
            """,
            RoundPlan.class);

    assertThat(old.span()).isEmpty();
    assertThat(old.over(SEEDS).videos().count()).isEqualTo(100);
    assertThat(old.cycleStarted()).isEqualTo(old.startsAt());
  }

  @Test
  void plan_withoutTargets_isRefused() {
    assertThatThrownBy(() -> plan(List.of(), 1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static RoundPlan plan(List<String> targets, int samples, long intervalMicros) {
    return plan(0, 0, targets, samples, intervalMicros);
  }

  private static RoundPlan plan(
      int cycle, int round, List<String> targets, int samples, long intervalMicros) {
    return new RoundPlan(
        CAMPAIGN,
        cycle,
        round,
        START,
        targets,
        samples,
        intervalMicros,
        60_000_000,
        Optional.of(SEEDS),
        Optional.empty());
  }

  private static SeedVideo video(int i) {
    return SeedVideo.of("https://video.example.org/watch/" + i).orElseThrow();
  }

  private static List<UUID> ids(List<PlannedTask> tasks) {
    return tasks.stream().map(PlannedTask::taskId).toList();
  }
}
