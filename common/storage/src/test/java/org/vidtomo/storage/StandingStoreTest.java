package org.vidtomo.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StandingStoreTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

  private final StandingStore store = TestStore.shared().standing();
  private final String agent = "agent-" + UUID.randomUUID();

  private Strike strike(FlagKind kind, Duration after) {
    return new Strike(agent, kind, UUID.randomUUID(), AT.plus(after), "evidence of " + after);
  }

  private List<Strike> strikes() {
    return store.strikes().stream().filter(strike -> strike.agentId().equals(agent)).toList();
  }

  private void note(Strike strike) {
    store.note(strike).toCompletableFuture().join();
  }

  @Test
  void strikes_areKept_onceAReport_andCleared() {
    Strike strike = strike(FlagKind.IMPOSSIBLE_RATE, Duration.ZERO);
    note(strike);
    note(strike);
    assertThat(strikes()).containsExactly(strike);
    store.clear(agent);
    assertThat(strikes()).isEmpty();
  }

  @Test
  void threeOfAKindWithinAWeek_areAFlag_andFewerOrFartherApartAreNone() {
    for (int day : new int[] {0, 7, 8}) {
      note(strike(FlagKind.IMPOSSIBLE_RATE, Duration.ofDays(day)));
    }
    note(strike(FlagKind.IMPOSSIBLE_DELAY, Duration.ZERO));
    assertThat(Flag.of(strikes())).isEmpty();
    note(strike(FlagKind.IMPOSSIBLE_RATE, Duration.ofDays(6)));
    assertThat(Flag.of(strikes()))
        .containsExactly(
            new Flag(
                agent,
                FlagKind.IMPOSSIBLE_RATE,
                AT,
                AT.plus(Duration.ofDays(8)),
                4,
                "evidence of PT192H"));
  }

  @Test
  void placeOfAnAgent_isTheLatest() {
    store
        .put(new AgentOrigin(agent, "a1", "p1", AT, Optional.empty()))
        .toCompletableFuture()
        .join();
    AgentOrigin moved = new AgentOrigin(agent, "a2", "p1", AT, Optional.of(AT));
    store.put(moved).toCompletableFuture().join();
    assertThat(store.origins().stream().filter(origin -> origin.agentId().equals(agent)))
        .containsExactly(moved);
  }
}
