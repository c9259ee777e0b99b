package org.vidtomo.coordinator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.TaskState;

final class TallyTest {
  private static final List<String> TARGETS = List.of("alpha", "beta");

  @Test
  void counts_addUpAfterAnyTransitions() {
    Random random = new Random(7);
    Tally tally = new Tally(true);
    TARGETS.forEach(target -> tally.add(target, TaskState.PLANNED, 1_000));

    for (int i = 0; i < 10_000; i++) {
      tally.moved(
          TARGETS.get(random.nextInt(2)),
          TaskState.values()[random.nextInt(6)],
          TaskState.values()[random.nextInt(6)]);
      Counts counts = tally.counts();
      assertThat(counts.planned()).isEqualTo(2_000);
      assertThat(counts.providers().get("alpha").planned()).isEqualTo(1_000);
    }
  }

  @Test
  void tasksDone_areCountedByOutcomeAndProvider() {
    Tally tally = new Tally(false);
    tally.add("any", TaskState.PLANNED, 3);
    tally.done("any", TaskState.PLANNED, Outcome.OK, Optional.of("alpha"));
    tally.done("any", TaskState.PLANNED, Outcome.FAILED, Optional.of("beta"));

    Counts counts = tally.counts();

    assertThat(counts.outcomes()).isEqualTo(Map.of("ok", 1L, "failed", 1L));
    assertThat(counts.providers().get("beta").outcomes()).isEqualTo(Map.of("failed", 1L));
    assertThat(tally.open()).isEqualTo(1);
  }

  @Test
  void outcome_ofAnEarlierAttempt_takesThePlaceOfTheOther() {
    Tally tally = new Tally(true);
    tally.add("alpha", TaskState.DONE, 1);
    tally.ended("alpha", Outcome.FAILED, Optional.of("alpha"));

    tally.replaced("alpha", Outcome.FAILED, Outcome.OK, Optional.of("alpha"));

    assertThat(tally.counts().outcomes()).isEqualTo(Map.of("ok", 1L));
    assertThat(tally.counts().providers().get("alpha").outcomes()).isEqualTo(Map.of("ok", 1L));
  }
}
