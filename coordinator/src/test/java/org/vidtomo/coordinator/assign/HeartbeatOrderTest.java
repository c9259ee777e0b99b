package org.vidtomo.coordinator.assign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class HeartbeatOrderTest {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  private Instant now = START;
  private final HeartbeatOrder order =
      new HeartbeatOrder(
          Duration.ofSeconds(45),
          new Clock() {
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
          });

  @Test
  void heartbeat_thatIsNotLaterThanTheOneBefore_isOld() {
    assertThat(order.isNew("a", START)).isTrue();
    assertThat(order.isNew("a", START)).isFalse();
    assertThat(order.isNew("a", START.minusSeconds(1))).isFalse();
    assertThat(order.isNew("a", START.plusMillis(1))).isTrue();
    assertThat(order.isNew("b", START)).isTrue();
  }

  @Test
  void replays_keepNoDoorOpen_andAClockThatWasSetBackIsBelievedAfterASilence() {
    assertThat(order.isNew("a", START)).isTrue();
    Instant setBack = START.minus(Duration.ofHours(1));
    now = START.plusSeconds(40);
    assertThat(order.isNew("a", setBack)).isFalse();
    now = START.plusSeconds(46);
    assertThat(order.isNew("a", setBack.plusSeconds(46))).isTrue();
    assertThat(order.isNew("a", setBack.plusSeconds(46))).isFalse();
    assertThat(order.isNew("a", START)).as("later by its clock").isTrue();
  }
}
