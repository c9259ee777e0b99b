package org.vidtomo.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration LONGEST = Duration.ofSeconds(15);
  private final Backoff backoff = new Backoff(LONGEST);

  @Test
  void pauses_grow_to_the_longest_and_not_beyond() {
    for (int attempt = 0; attempt < 100; attempt++) {
      Duration step = Duration.ofMillis(Math.min(15_000, 250L << Math.min(attempt, 10)));
      assertThat(backoff.next(attempt)).isBetween(step.dividedBy(2), step);
    }
  }

  @Test
  void pauses_begin_anew_after_a_success_or_a_quiet_time() {
    for (int attempt = 0; attempt < 10; attempt++) {
      backoff.next(0);
    }
    backoff.reset();
    assertThat(backoff.next(0)).isLessThanOrEqualTo(Duration.ofMillis(250));
    for (int attempt = 0; attempt < 10; attempt++) {
      backoff.next(0);
    }
    assertThat(backoff.next(Duration.ofMinutes(2).toNanos()))
        .isLessThanOrEqualTo(Duration.ofMillis(250));
  }
}
