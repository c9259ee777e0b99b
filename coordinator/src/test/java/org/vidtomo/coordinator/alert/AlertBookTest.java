package org.vidtomo.coordinator.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vidtomo.coordinator.campaign.Counts;
import org.vidtomo.coordinator.campaign.Tally;
import org.vidtomo.core.task.TaskState;

final class AlertBookTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final UUID CAMPAIGN = UUID.randomUUID();

  private final AlertBook book = new AlertBook();

  @Test
  void alert_lastsFromItsFirstFinding_withTheLatestDetail() {
    book.update(List.of(finding("alpha", "first")), NOW);
    book.update(List.of(finding("alpha", "second")), NOW.plusSeconds(60));

    assertThat(book.all())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.since()).isEqualTo(NOW);
              assertThat(alert.finding().detail()).isEqualTo("second");
            });
    assertThat(book.of(CAMPAIGN)).hasSize(1);
    assertThat(book.of(UUID.randomUUID())).isEmpty();
  }

  @Test
  void alert_isOverWithoutAFinding_andBeginsAnewWithTheNext() {
    book.update(List.of(finding("alpha", "first")), NOW);
    book.update(List.of(), NOW.plusSeconds(60));
    assertThat(book.all()).isEmpty();
    assertThat(book.summary()).isEmpty();

    book.update(List.of(finding("alpha", "again")), NOW.plusSeconds(120));
    assertThat(book.all().get(0).since()).isEqualTo(NOW.plusSeconds(120));
  }

  @Test
  void summary_staysOneLineHoweverManyThereAre() {
    book.update(
        IntStream.range(0, 100).mapToObj(i -> finding("provider-" + i, "detail " + i)).toList(),
        NOW);
    assertThat(book.summary()).contains("detail 2", "and 97 more").doesNotContain("detail 3");
  }

  @Test
  void progress_isAnyTaskThatBeginsOrEnds() {
    Progress progress = new Progress();
    Tally tally = new Tally(true);
    tally.add("alpha", TaskState.PLANNED, 3);
    assertThat(moved(progress, tally.counts(), NOW)).isEqualTo(NOW);
    tally.moved("alpha", TaskState.PLANNED, TaskState.QUEUED);
    assertThat(moved(progress, tally.counts(), NOW.plusSeconds(5))).isEqualTo(NOW);
    tally.moved("alpha", TaskState.QUEUED, TaskState.RUNNING);
    assertThat(moved(progress, tally.counts(), NOW.plusSeconds(10))).isEqualTo(NOW.plusSeconds(10));
    tally.moved("alpha", TaskState.RUNNING, TaskState.DONE);
    assertThat(moved(progress, tally.counts(), NOW.plusSeconds(15))).isEqualTo(NOW.plusSeconds(15));
    progress.retain(Set.of());
    assertThat(moved(progress, tally.counts(), NOW.plusSeconds(20))).isEqualTo(NOW.plusSeconds(20));
  }

  private static Instant moved(Progress progress, Counts counts, Instant now) {
    return progress.lastMoved(CAMPAIGN, counts, true, now);
  }

  private static Finding finding(String subject, String detail) {
    return new Finding(AlertKind.PROVIDER_WITHOUT_AGENT, subject, Set.of(CAMPAIGN), detail);
  }
}
