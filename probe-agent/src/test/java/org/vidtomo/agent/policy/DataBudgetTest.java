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
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataBudgetTest {
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
  private static final AgentPolicy POLICY =
      new AgentPolicy(Set.of(), true, Set.of(443), false, 100_000_000, 150_000_000, 1_000_000, 1);

  /** At noon. */
  private static final long HELD_BACK = (6 << 20) + 12 * DataBudget.SIGNS_OF_LIFE_PER_HOUR;

  @TempDir Path directory;
  private final AtomicLong ticker = new AtomicLong();
  private final MovableClock clock = new MovableClock(NOON);

  @Test
  void spending_leavesLess_alsoAfterARestart() throws IOException {
    try (DataBudget budget = open()) {
      budget.begin();
      assertThat(budget.leftBytes()).isEqualTo(100_000_000 - HELD_BACK);
      budget.spend(20_000_000);
      assertThat(budget.leftBytes()).isEqualTo(80_000_000 - HELD_BACK);
    }
    try (DataBudget budget = open()) {
      assertThat(budget.leftBytes()).isEqualTo(80_000_000 - HELD_BACK);
      budget.spend(500_000_000);
      assertThat(budget.leftBytes()).isZero();
    }
  }

  @Test
  void heldBack_isWhatComesTooLateAndTheSignsOfLife_atMostAQuarter() {
    assertThat(DataBudget.heldBack(2_000_000_000, Duration.ofHours(24)))
        .isBetween(40_000_000L, 45_000_000L);
    assertThat(DataBudget.heldBack(2_000_000_000, Duration.ZERO)).isEqualTo(6 << 20);
    assertThat(DataBudget.heldBack(8_000_000, Duration.ofHours(24))).isEqualTo(2_000_000);
    assertThat(DataBudget.heldBack(0, Duration.ofHours(24))).isZero();
  }

  @Test
  void whatIsNotOnTheDisk_isNotSpent() throws IOException {
    try (DataBudget budget = open()) {
      budget.begin();
      Files.delete(directory.resolve("spent"));
      Files.createDirectory(directory.resolve("spent"));
      Files.createFile(directory.resolve("spent/in-the-way"));
      budget.spend(DataBudget.AHEAD_BYTES);
      assertThat(budget.leftBytes()).as("on the disk").isPositive();
      budget.spend(1);
      assertThat(budget.leftBytes()).as("not on the disk").isZero();
      Files.delete(directory.resolve("spent/in-the-way"));
      Files.delete(directory.resolve("spent"));
      Awaitility.await().untilAsserted(() -> assertThat(budget.leftBytes()).isPositive());
    }
  }

  @Test
  void meters_areSpentToo() throws IOException {
    AtomicLong broker = new AtomicLong();
    try (DataBudget budget = open()) {
      budget.begin();
      budget.meter(broker::get);
      broker.set(1_000_000);
      assertThat(budget.leftBytes()).isEqualTo(99_000_000 - HELD_BACK);
      assertThat(budget.leftBytes()).isEqualTo(99_000_000 - HELD_BACK);
      broker.set(1_500_000);
      assertThat(budget.leftBytes()).isEqualTo(98_500_000 - HELD_BACK);
      assertThat(budget.spentToday()).isEqualTo(1_500_000);
    }
  }

  @Test
  void crash_neverMakesTheAccountSmaller() throws IOException {
    DataBudget crashed = open();
    crashed.begin();
    crashed.spend(20_000_000);
    crashed.spend(1);
    // Nothing is closed: what the file says now is what a killed process leaves.

    try (DataBudget next = open()) {
      assertThat(next.spentToday()).isBetween(20_000_001L, 20_000_001L + DataBudget.AHEAD_BYTES);
    }
    crashed.close();
  }

  @Test
  void settle_bringsTheFileDownToLittleMoreThanWasSpent() throws IOException {
    DataBudget crashed = open();
    crashed.begin();
    crashed.spend(1000);
    crashed.settle();

    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(spending().todayBytes())
                    .isBetween(1000L, 1000 + DataBudget.IDLE_AHEAD_BYTES));
    crashed.close();
  }

  @Test
  void dayAndMonth_beginAnew() throws IOException {
    try (DataBudget budget = open()) {
      budget.heard(clock.instant());
      budget.begin();
      budget.spend(90_000_000);
      assertThat(budget.leftBytes()).isZero();
      pass(Duration.ofDays(1));
      budget.begin();
      assertThat(budget.leftBytes()).as("what is left of the month").isBetween(1L, 60_000_000L);
      pass(Duration.ofDays(1));
      budget.begin();
      assertThat(budget.leftBytes()).isEqualTo(100_000_000 - HELD_BACK);
    }
  }

  @Test
  void clockSetBack_handsOutNothingTwice() throws IOException {
    try (DataBudget budget = open()) {
      budget.heard(clock.instant());
      budget.begin();
      budget.spend(100_000_000);
      clock.move(Duration.ofDays(-40));
      assertThat(budget.leftBytes()).isZero();
    }
  }

  @Test
  void clockSetForward_handsOutNothingInAdvance() throws IOException {
    try (DataBudget budget = open()) {
      budget.begin();
      budget.spend(100_000_000);
      clock.move(Duration.ofDays(1));
      assertThat(budget.spentToday()).as("before the coordinator was heard").isPositive();
      budget.heard(NOON);
      assertThat(budget.leftBytes()).isZero();
      clock.move(Duration.ofDays(40));
      assertThat(budget.leftBytes()).as("after").isZero();
      assertThat(budget.spentToday()).isEqualTo(100_000_000);
    }
    try (DataBudget budget = open()) {
      budget.spend(0);
      assertThat(budget.leftBytes()).as("after a restart").isZero();
    }
  }

  @Test
  void coordinatorThatLiesAboutTheTime_handsOutNothingInAdvance() throws IOException {
    try (DataBudget budget = open()) {
      budget.begin();
      budget.spend(100_000_000);
      budget.heard(NOON.plus(Duration.ofDays(3)));
      assertThat(budget.leftBytes()).isZero();
    }
  }

  @Test
  void withoutACoordinator_aDayTakesTwentyHoursAtTheLeast() throws IOException {
    try (DataBudget budget = open()) {
      budget.begin();
      budget.spend(100_000_000);
      clock.move(Duration.ofDays(40));
      ticker.addAndGet(BudgetDays.SHORTEST_DAY.toNanos() - 1);
      assertThat(budget.spentToday()).isEqualTo(100_000_000);
      ticker.addAndGet(1);
      assertThat(budget.spentToday()).as("one day").isZero();
      budget.spend(10);
      assertThat(budget.spentToday()).as("and no more").isEqualTo(10);
    }
  }

  @Test
  void accountOfADayThatIsYetToCome_isTodays() throws IOException {
    clock.move(Duration.ofDays(400));
    try (DataBudget budget = open()) {
      budget.spend(50_000_000);
    }
    clock.move(Duration.ofDays(-400));
    try (DataBudget budget = open()) {
      budget.heard(NOON);
      assertThat(budget.spentToday()).isEqualTo(50_000_000);
      pass(Duration.ofDays(1));
      assertThat(budget.spentToday()).isZero();
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
    return DataBudget.open(directory.resolve("spent"), POLICY, clock, ticker::get);
  }

  private DataBudget.Spending spending() throws IOException {
    return DataBudget.spending(directory.resolve("spent"), POLICY, clock);
  }

  /** Of the clock, and of the time that nobody sets. */
  private void pass(Duration time) {
    clock.move(time);
    ticker.addAndGet(time.toNanos());
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
