package org.vidtomo.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.vidtomo.agent.service.BusyLine.Found;

class BusyLineTest {
  private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
  private static final long ABOVE = 2_000_000;

  private final Deque<Long> rates = new ArrayDeque<>();
  private Duration looked = Duration.ZERO;
  private Duration waited = Duration.ZERO;
  private int postponed;
  private boolean ends;

  @Test
  void idleLine_holdsNothingUp() throws Exception {
    assertThat(await(Duration.ofMinutes(10), 0L)).isEqualTo(Found.FREE);
    assertThat(looked).isLessThan(Duration.ofSeconds(1));
    assertThat(postponed).isZero();
  }

  @Test
  void pageThatIsOpened_isNoBusyLine() throws Exception {
    assertThat(await(Duration.ofMinutes(10), 9_000_000L, 1_000_000L)).isEqualTo(Found.FREE);
    assertThat(postponed).isZero();
  }

  @Test
  void measurement_waitsUntilOthersHaveEnded() throws Exception {
    assertThat(await(Duration.ofMinutes(10), 9_000_000L, 9_000_000L, 0L)).isEqualTo(Found.FREE);
    assertThat(waited).isEqualTo(Duration.ofSeconds(30));
    assertThat(postponed).isEqualTo(1);
  }

  @Test
  void lineThatStaysBusy_isGivenUpAfterThreePauses() throws Exception {
    Long[] busy = new Long[8];
    Arrays.fill(busy, 9_000_000L);
    assertThat(await(Duration.ofMinutes(10), busy)).isEqualTo(Found.BUSY);
    assertThat(waited).isEqualTo(Duration.ofSeconds(90));
    assertThat(rates).isEmpty();
  }

  @Test
  void waiting_leavesTheLeaseTimeForTheMeasurement() throws Exception {
    assertThat(await(Duration.ofMinutes(3), 9_000_000L, 9_000_000L)).isEqualTo(Found.BUSY);
    assertThat(waited).isZero();
  }

  @Test
  void endingAgent_waitsNoLonger() throws Exception {
    ends = true;
    assertThat(await(Duration.ofMinutes(10), 9_000_000L, 9_000_000L)).isEqualTo(Found.ENDING);
  }

  @Test
  void whereNothingIsKnown_orOwnersDoNotMind_theLineIsFree() throws Exception {
    assertThat(line(during -> OptionalLong.empty(), ABOVE).awaitFree(NOW, () -> false))
        .isEqualTo(Found.FREE);
    assertThat(line(this::next, 0).awaitFree(NOW, () -> false)).isEqualTo(Found.FREE);
  }

  private Found await(Duration lease, Long... seen) throws InterruptedException {
    rates.addAll(Arrays.asList(seen));
    return line(this::next, ABOVE).awaitFree(NOW.plus(lease), () -> ends);
  }

  private BusyLine line(BusyLine.Traffic traffic, long above) {
    return new BusyLine(
        traffic, above, this::pause, Clock.fixed(NOW, ZoneOffset.UTC), () -> postponed++);
  }

  private OptionalLong next(Duration during) {
    looked = looked.plus(during);
    return OptionalLong.of(rates.removeFirst());
  }

  private boolean pause(Duration length, BooleanSupplier ending) {
    if (ending.getAsBoolean()) {
      return false;
    }
    waited = waited.plus(length);
    return true;
  }
}
