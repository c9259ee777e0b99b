package org.vidtomo.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {
  private static final Duration SHORTEST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(15);
  private static final int FLEET = 1_000;

  private final Backoff backoff = new Backoff(SHORTEST, LONGEST);

  @Test
  void pauses_grow_to_the_longest_and_not_beyond() {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      Duration step = Duration.ofMillis(Math.min(15_000, 250L << Math.min(attempt, 10)));
      assertThat(backoff.next(attempt)).isBetween(step.dividedBy(8), step);
    }
  }

  @Test
  void pauses_begin_anew_after_a_success_that_held() {
    fail(10);
    backoff.succeeded(0);
    assertThat(backoff.next(LONGEST.toNanos())).isLessThanOrEqualTo(SHORTEST);
  }

  @Test
  void pauses_grow_on_while_no_success_holds() {
    fail(10);
    for (int i = 0; i < 100; i++) {
      backoff.succeeded(0);
      assertThat(backoff.next(LONGEST.toNanos() - 1)).isGreaterThanOrEqualTo(LONGEST.dividedBy(8));
    }
  }

  @Test
  void pauses_do_not_begin_anew_because_attempts_took_long() {
    fail(10);
    assertThat(backoff.next(Duration.ofHours(1).toNanos()))
        .isGreaterThanOrEqualTo(LONGEST.dividedBy(8));
  }

  @Test
  void one_step_is_used_evenly() {
    Random random = new Random(1);
    int[] counts = new int[7];
    for (int i = 0; i < 7_000; i++) {
      long pause = new Backoff(SHORTEST, LONGEST, random).next(0).toNanos();
      counts[(int) Math.min(6, (pause * 8 / SHORTEST.toNanos()) - 1)]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(850, 1_150);
    }
  }

  /** As agents are set: 4 s at first, 15 s at most; the server is away for so long. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10, 60, 300, 3_600})
  void fleet_that_lost_its_server_at_one_moment_does_not_come_back_in_step(int outageSeconds) {
    Random random = new Random(outageSeconds);
    long back = Duration.ofSeconds(outageSeconds).toNanos();
    int[] arrivals = new int[60];
    for (int i = 0; i < FLEET; i++) {
      Backoff one = new Backoff(Duration.ofSeconds(4), LONGEST, random);
      long now = 0;
      do {
        now += one.next(now).toNanos();
      } while (now < back);
      arrivals[(int) Duration.ofNanos(now - back).toSeconds()]++;
    }
    for (int second = 0; second < arrivals.length; second++) {
      assertThat(arrivals[second]).as("in second " + second).isLessThan(FLEET * 2 / 5);
    }
    assertThat(sum(arrivals, 16)).as("all are back within the longest pause").isEqualTo(FLEET);
  }

  private static int sum(int[] counts, int seconds) {
    int sum = 0;
    for (int i = 0; i < seconds; i++) {
      sum += counts[i];
    }
    return sum;
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      backoff.next(0);
    }
  }
}
