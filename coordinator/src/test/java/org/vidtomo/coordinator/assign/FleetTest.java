package org.vidtomo.coordinator.assign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.task.Presence;
import org.vidtomo.core.trust.SigningKey;

class FleetTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final long SECOND = 1_000_000;

  private final Fleet fleet = new Fleet(Duration.ofSeconds(45), Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void clock_offset_is_what_the_agent_measured_not_how_long_its_heartbeat_took() {
    assertThat(offsetAfter(OptionalLong.of(-2 * SECOND), NOW.minusSeconds(9)))
        .isEqualTo(-2 * SECOND);
  }

  @Test
  void clock_that_was_set_since_shows_in_the_heartbeat() {
    assertThat(offsetAfter(OptionalLong.of(0), NOW.plusSeconds(600))).isEqualTo(600 * SECOND);
  }

  @Test
  void agent_that_could_not_measure_it_is_gone_by_its_heartbeat() {
    assertThat(offsetAfter(OptionalLong.empty(), NOW.minusSeconds(3))).isEqualTo(-3 * SECOND);
  }

  @Test
  void clock_that_cannot_be_is_counted_as_wrong_as_can_be() {
    long century = 36_500L * 86_400 * SECOND;
    assertThat(offsetAfter(OptionalLong.empty(), Instant.MAX)).isEqualTo(century);
    assertThat(offsetAfter(OptionalLong.of(0), Instant.MIN)).isEqualTo(-century);
    assertThat(offsetAfter(OptionalLong.empty(), Instant.parse("9999-01-01T00:00:00Z")))
        .isEqualTo(century);
  }

  private long offsetAfter(OptionalLong measured, Instant at) {
    fleet.enrolled(
        new EnrolledAgent(
            "agent-1", SigningKey.generate().publicKey(), "queue", Optional.of("alpha")));
    AgentInfo agent =
        new AgentInfo(
            "agent-1",
            "vidtomo/0",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            measured,
            "ipv4");
    fleet.heard(
        "agent-1",
        new Presence(
            Presence.SCHEMA_VERSION,
            agent,
            Presence.Status.ACTIVE,
            at,
            List.of(),
            Optional.empty(),
            OptionalLong.empty()));
    return fleet.find("agent-1").orElseThrow().clockOffsetMicros().orElseThrow();
  }
}
