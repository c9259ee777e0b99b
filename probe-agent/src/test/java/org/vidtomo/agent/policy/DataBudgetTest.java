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
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void withoutACoordinator_aDayTakesTwentyFourHours() throws IOException {
    try (DataBudget budget = open()) {
      budget.begin();
      budget.spend(100_000_000);
      clock.move(Duration.ofDays(40));
      ticker.addAndGet(BudgetDays.A_DAY.toNanos() - 1);
      assertThat(budget.spentToday()).isEqualTo(100_000_000);
      ticker.addAndGet(1);
      assertThat(budget.spentToday()).as("one day").isZero();
      budget.spend(10);
      assertThat(budget.spentToday()).as("and no more").isEqualTo(10);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-400, -40, -3, -2, -1, 1, 2, 40, 400})
  void coordinatorThatGoesBackAndForth_handsOutNothingTwice(int days) throws IOException {
    for (int round = 0; round < 3; round++) {
      try (DataBudget budget = open()) {
        budget.heard(clock.instant());
        budget.spend(40_000_000);
        budget.heard(clock.instant().plus(Duration.ofDays(days)));
        assertThat(budget.spentToday()).isEqualTo((round + 1) * 40_000_000L);
        assertThat(spending().todayBytes()).isPositive();
      }
      try (DataBudget budget = open()) {
        budget.heard(clock.instant());
        assertThat(budget.spentToday()).isEqualTo((round + 1) * 40_000_000L);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-400, -40, -3, -2, -1, 1, 2, 40, 400})
  void bothClocksGoingBackAndForth_handOutOneDayAtMost(int days) throws IOException {
    try (DataBudget budget = open()) {
      budget.heard(clock.instant());
      int renewed = 0;
      for (int round = 0; round < 10; round++) {
        budget.spend(1);
        clock.move(Duration.ofDays(round % 2 == 0 ? days : -days));
        budget.heard(clock.instant());
        renewed += budget.spentToday() == 0 ? 1 : 0;
      }
      assertThat(renewed).isLessThanOrEqualTo(1);
    }
  }

  /** Whoever of the two lies as he likes, agents restarting now and then. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whicheverClockLies_noMoreDaysAreHandedOutThanThereWere(boolean coordinatorLies)
      throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Path file = directory.resolve("liar-" + seed);
      clock.set(NOON);
      DataBudget budget = DataBudget.open(file, POLICY, clock, ticker::get);
      Instant honest = NOON;
      int renewed = 0;
      for (int step = 0; step < 200; step++) {
        Duration passed = Duration.ofMinutes(random.nextInt(600));
        honest = honest.plus(passed);
        ticker.addAndGet(passed.toNanos());
        Instant lie = honest.plus(Duration.ofDays(random.nextInt(441) - 40L));
        clock.set(coordinatorLies ? honest : lie);
        if (random.nextInt(10) == 0) {
          budget.close();
          budget = DataBudget.open(file, POLICY, clock, ticker::get);
        }
        if (random.nextInt(4) > 0) {
          budget.heard(coordinatorLies ? lie : honest);
        }
        renewed += budget.spentToday() == 0 ? 1 : 0;
        budget.spend(1);
      }
      budget.close();
      assertThat(renewed)
          .as("seed %d", seed)
          .isLessThanOrEqualTo((int) Duration.between(NOON, honest).toDays() + 2);
    }
  }

  @Test
  void machineWhoseClockStaysAhead_hasItsDaysByItsOwnRunning() throws IOException {
    Instant began = clock.instant();
    clock.move(Duration.ofDays(40));
    try (DataBudget budget = open()) {
      budget.heard(began);
      budget.spend(100_000_000);
      pass(BudgetDays.A_DAY.minusNanos(1));
      assertThat(budget.spentToday()).isPositive();
      pass(Duration.ofNanos(1));
      assertThat(budget.spentToday()).isZero();
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

    void set(Instant time) {
      now = time;
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
