package org.vidtomo.coordinator.flood;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vidtomo.messaging.admin.Usage;

class FloodMeterTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private final FloodMeter meter =
      new FloodMeter(new FloodLimits(50, 2_000_000, 512_000_000, 30, Duration.ofSeconds(20)));

  @Test
  void workingAgent_evenAfterDaysOffline_isNoFlood() {
    for (int second = 0; second <= 600; second += 5) {
      Usage busy = new Usage(20L * second, 20L * 32_768 * second, 2);
      assertThat(look(second, busy)).isEmpty();
    }
  }

  @Test
  void flood_isSeenAfterTheHold_andToldOnce() {
    int seenAt = -1;
    for (int second = 0; second <= 60; second += 5) {
      Map<String, String> seen = look(second, new Usage(100L * second, 1_000L * second, 1));
      if (!seen.isEmpty()) {
        assertThat(seen.get("a-1")).isEqualTo("100 messages/s (50 allowed) over 20 s");
        seenAt = second;
        break;
      }
    }
    assertThat(seenAt).isEqualTo(20);
    assertThat(look(25, new Usage(2_500, 25_000, 1))).isEmpty();
  }

  @Test
  void floodThatBeginsLate_isSeenAsSoonAsItsMeanIsTooHigh() {
    for (int second = 0; second <= 300; second += 5) {
      assertThat(look(second, new Usage(second / 60, 0, 1))).isEmpty();
    }
    assertThat(look(305, new Usage(805, 0, 1))).isEmpty();
    assertThat(look(310, new Usage(1_605, 0, 1)).get("a-1")).contains("80 messages/s");
  }

  @Test
  void bytes_andConnections_areFloodsToo() {
    look(0, new Usage(0, 0, 0));
    assertThat(look(20, new Usage(10, 60_000_000, 1)).get("a-1"))
        .isEqualTo("3000000 bytes/s (2000000 allowed) over 20 s");
    look(25, new Usage(10, 60_000_000, 1));
    assertThat(look(45, new Usage(10, 60_000_000, 12)).get("a-1"))
        .isEqualTo("33 connections/min (30 allowed) over 20 s");
  }

  @Test
  void consumers_areManyAtOnce_howeverSlowlyTheyCame() {
    for (int second = 0; second <= 1_000; second += 10) {
      assertThat(look(second, new Usage(0, 0, 1, second / 10))).isEmpty();
    }
    assertThat(look(1_010, new Usage(0, 0, 1, 101)).get("a-1"))
        .isEqualTo("101 consumers (100 allowed)");
  }

  @Test
  void slowFlood_isSeenOnceItIsMoreThanADayNeeds() {
    long perSecond = 20_000;
    int end = 3 * 86_400;
    for (int second = 0; second <= end; second += 300) {
      long bytes = second / 5 * 100;
      assertThat(look(second, new Usage(0, bytes, 1))).isEmpty();
    }
    long before = end / 5 * 100;
    assertThat(look(end + 20_000, new Usage(0, before + 20_000 * perSecond, 1))).isEmpty();
    assertThat(look(end + 26_000, new Usage(0, before + 26_000 * perSecond, 1)).get("a-1"))
        .contains("bytes in a day (512000000 allowed)");
  }

  @Test
  void brokerThatCountsAnew_orForgetsAUser_isNoFlood() {
    look(0, new Usage(1_000_000, 0, 1));
    assertThat(look(20, new Usage(900, 0, 1))).isEmpty();
    assertThat(meter.floods(Map.of(), START.plusSeconds(30))).isEmpty();
    assertThat(look(50, new Usage(1_000_000, 0, 1))).isEmpty();
  }

  @Test
  void users_areCountedApart() {
    Map<String, Usage> counted = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      counted.put("a-" + i, new Usage(0, 0, 1));
    }
    meter.floods(counted, START);
    counted.put("a-7", new Usage(5_000, 0, 1));
    assertThat(meter.floods(counted, START.plusSeconds(20))).containsOnlyKeys("a-7");
  }

  private Map<String, String> look(int second, Usage usage) {
    return meter.floods(Map.of("a-1", usage), START.plusSeconds(second));
  }
}
