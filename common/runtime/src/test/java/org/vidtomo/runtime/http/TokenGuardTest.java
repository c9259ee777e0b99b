package org.vidtomo.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TokenGuardTest {
  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private final InstantSource source = () -> now;
  private final TokenGuard guard =
      new TokenGuard(
          new TokenGuard.Limits(3, 5, Duration.ofMinutes(1)), source.withZone(ZoneOffset.UTC));

  @Test
  void address_waitsAfterTooManyWrongOnes_untilItsWindowIsOver() {
    for (int i = 0; i < 3; i++) {
      assertThat(guard.waits("198.51.100.1")).isEmpty();
      guard.wrong("198.51.100.1");
      now = now.plusSeconds(5);
    }
    assertThat(guard.waits("198.51.100.1")).contains(Duration.ofSeconds(45));
    assertThat(guard.waits("198.51.100.2")).isEmpty();
    now = now.plusSeconds(45);
    assertThat(guard.waits("198.51.100.1")).isEmpty();
  }

  @Test
  void manyAddresses_haveOneTryEach_onceThereAreTooManyInAll() {
    for (int i = 0; i < 5; i++) {
      guard.wrong("198.51.100." + i);
    }
    assertThat(guard.waits("198.51.100.0")).isPresent();
    assertThat(guard.waits("198.51.100.77")).isEmpty();
    guard.wrong("198.51.100.77");
    assertThat(guard.waits("198.51.100.77")).isPresent();
  }

  @Test
  void addressesOfOneIpv6Network_areOne() {
    for (int i = 0; i < 3; i++) {
      guard.wrong("2001:db8:1:2::" + i);
    }
    assertThat(guard.waits("2001:db8:1:2:3::9")).isPresent();
    assertThat(guard.waits("2001:db8:1:3::9")).isEmpty();
  }

  @Test
  void memory_isBounded() {
    for (int i = 0; i < 2 * TokenGuard.MOST_ADDRESSES; i++) {
      guard.wrong("10.%d.%d.%d".formatted(i >> 16, i >> 8 & 255, i & 255));
    }
    assertThat(guard.waits("10.0.0.1")).as("forgotten").isEmpty();
    assertThat(guard.waits("10.0.78.31")).as("one of the last").isPresent();
  }
}
