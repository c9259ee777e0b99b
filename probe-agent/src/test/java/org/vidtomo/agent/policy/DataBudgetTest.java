package org.vidtomo.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataBudgetTest {
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
  private static final AgentPolicy POLICY =
      new AgentPolicy(Set.of(), true, Set.of(443), false, 100_000_000, 150_000_000, 1_000_000, 1);

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock(NOON);

  @Test
  void spending_leavesLess_alsoAfterARestart() throws IOException {
    try (DataBudget budget = open()) {
      budget.spend(30_000_000);
      assertThat(budget.leftBytes()).isEqualTo(70_000_000);
    }
    try (DataBudget budget = open()) {
      assertThat(budget.leftBytes()).isEqualTo(70_000_000);
      budget.spend(500_000_000);
      assertThat(budget.leftBytes()).isZero();
    }
  }

  @Test
  void crash_neverMakesTheAccountSmaller() throws IOException {
    DataBudget crashed = open();
    crashed.spend(20_000_000);
    crashed.spend(1);
    // Nothing is closed: what the file says now is what a killed process leaves.
    Awaitility.await().untilAsserted(() -> assertThat(directory.resolve("spent")).exists());

    try (DataBudget next = open()) {
      assertThat(next.spentToday()).isBetween(20_000_001L, 20_000_001L + DataBudget.AHEAD_BYTES);
    }
    crashed.close();
  }

  @Test
  void settle_bringsTheFileDownToWhatWasSpent() throws IOException {
    DataBudget crashed = open();
    crashed.spend(1000);
    crashed.settle();

    Awaitility.await()
        .untilAsserted(
            () -> {
              try (DataBudget next = open()) {
                assertThat(next.spentToday()).isEqualTo(1000);
              }
            });
    crashed.close();
  }

  @Test
  void dayAndMonth_beginAnew() throws IOException {
    try (DataBudget budget = open()) {
      budget.spend(100_000_000);
      assertThat(budget.leftBytes()).isZero();
      clock.move(Duration.ofDays(1));
      assertThat(budget.leftBytes()).isEqualTo(50_000_000);
      clock.move(Duration.ofDays(1));
      assertThat(budget.leftBytes()).isEqualTo(100_000_000);
    }
  }

  @Test
  void clockSetBack_handsOutNothingTwice() throws IOException {
    try (DataBudget budget = open()) {
      budget.spend(100_000_000);
      clock.move(Duration.ofDays(-40));
      assertThat(budget.leftBytes()).isZero();
    }
  }

  @Test
  void damagedFile_isReportedSayingWhatToDo() throws IOException {
    open().close();
    try (DataBudget budget = open()) {
      budget.spend(1);
    }
    Files.writeString(directory.resolve("spent"), "{\"day\":");

    assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("remove");
  }

  private DataBudget open() throws IOException {
    return DataBudget.open(directory.resolve("spent"), POLICY, clock);
  }

  private static final class MovableClock extends Clock {
    private Instant now;

    MovableClock(Instant now) {
      this.now = now;
    }

    void move(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
