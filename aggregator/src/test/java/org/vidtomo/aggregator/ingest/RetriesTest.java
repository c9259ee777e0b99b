package org.vidtomo.aggregator.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private static final Duration SOON = Duration.ofSeconds(3);
  private static final Duration LONG = Duration.ofMinutes(5);

  private final AtomicInteger paused = new AtomicInteger();
  private final AtomicInteger resumed = new AtomicInteger();
  private final AtomicInteger tried = new AtomicInteger();
  private final AtomicBoolean room = new AtomicBoolean(true);
  private final Retries retries =
      new Retries(paused::incrementAndGet, resumed::incrementAndGet, room::get);

  @AfterEach
  void stop() {
    retries.close();
  }

  @Test
  void one_that_gets_through_lets_all_others_try_at_once() {
    for (int i = 0; i < 10; i++) {
      retries.later(1, LONG, () -> {});
      retries.later(2, LONG, tried::incrementAndGet);
    }
    assertThat(retries.waiting()).isEqualTo(10);
    retries.settled();
    await().atMost(SOON).until(() -> tried.get() == 10);
    await().atMost(SOON).until(() -> paused.get() > 0);
    assertThat(resumed).hasValue(0);
    for (int i = 0; i < 9; i++) {
      retries.settled();
    }
    await().atMost(SOON).until(() -> resumed.get() == 1);
    assertThat(tried).as("none twice").hasValue(10);
  }

  @Test
  void one_that_fails_for_long_holds_nobody_up() {
    retries.later(1, LONG, () -> {});
    await().atMost(SOON).until(() -> paused.get() == 1);
    retries.later(2, LONG, () -> {});
    room.set(false);
    retries.later(10, LONG, () -> {});
    assertThat(retries.holding()).as("as many are in hand as may be").isTrue();
    room.set(true);
    retries.later(10, LONG, () -> {});
    await().atMost(SOON).until(() -> resumed.get() == 1);
    retries.later(1, LONG, () -> {});
    await().atMost(SOON).until(() -> paused.get() == 2);
    assertThat(retries.holding()).as("another one fails").isTrue();
  }

  @Test
  void passing_counts_once_in_a_while_and_only_when_others_were_stored() {
    Duration apart = Duration.ofSeconds(5);
    Tries second = Tries.FIRST.next(100, 0, apart);
    assertThat(second.next(100, apart.toNanos(), apart).passed()).as("none stored").isZero();
    assertThat(second.next(101, apart.toNanos() - 1, apart).passed()).as("too soon").isZero();
    Tries third = second.next(101, apart.toNanos(), apart);
    assertThat(third.passed()).isEqualTo(1);
    assertThat(third.next(101, 2 * apart.toNanos(), apart).passed()).isEqualTo(1);
    assertThat(third.next(102, 2 * apart.toNanos(), apart).passed()).isEqualTo(2);
  }

  @Test
  void pauses_double_up_to_the_longest() {
    assertThat(Patience.DEFAULT.pauseAfter(1)).isEqualTo(Duration.ofMillis(500));
    assertThat(Patience.DEFAULT.pauseAfter(3)).isEqualTo(Duration.ofSeconds(2));
    assertThat(Patience.DEFAULT.pauseAfter(1_000)).isEqualTo(Duration.ofSeconds(5));
  }
}
