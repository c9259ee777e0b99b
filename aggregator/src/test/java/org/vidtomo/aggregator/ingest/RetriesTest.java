package org.vidtomo.aggregator.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private static final Duration SOON = Duration.ofSeconds(3);
  private static final int MANY_TRIES = 20;

  private final AtomicInteger paused = new AtomicInteger();
  private final AtomicInteger resumed = new AtomicInteger();
  private final AtomicInteger tried = new AtomicInteger();
  private final Retries retries = new Retries(paused::incrementAndGet, resumed::incrementAndGet);

  @AfterEach
  void stop() {
    retries.close();
  }

  @Test
  void one_that_gets_through_lets_all_others_try_at_once() {
    for (int i = 0; i < 10; i++) {
      retries.later(1, () -> {});
      // By its pause this would be tried in five seconds.
      retries.later(MANY_TRIES, tried::incrementAndGet);
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
}
