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
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.wire.Wire;

final class RoundPlanTest {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00.123456789Z");
  private static final UUID CAMPAIGN = new UUID(1, 2);

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
    RoundPlan second = new RoundPlan(CAMPAIGN, 1, 0, START, List.of("alpha"), 1, 0, 1);

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

    RoundPlan plan = RoundPlan.starting(CAMPAIGN, 0, 0, START, CampaignOptions.DEFAULTS, targets);

    // 6 a minute and agent, 2 agents.
    assertThat(plan.intervalMicros()).isEqualTo(5_000_000);
    assertThat(plan.targets()).containsExactly("alpha", "beta");
  }

  @Test
  void plan_withoutTargets_isRefused() {
    assertThatThrownBy(() -> plan(List.of(), 1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static RoundPlan plan(List<String> targets, int samples, long intervalMicros) {
    return new RoundPlan(CAMPAIGN, 0, 0, START, targets, samples, intervalMicros, 60_000_000);
  }

  private static SeedVideo video(int i) {
    return SeedVideo.of("https://video.example.org/watch/" + i).orElseThrow();
  }

  private static List<UUID> ids(List<PlannedTask> tasks) {
    return tasks.stream().map(PlannedTask::taskId).toList();
  }
}
