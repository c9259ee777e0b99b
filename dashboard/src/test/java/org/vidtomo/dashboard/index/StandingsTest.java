package org.vidtomo.dashboard.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.vidtomo.storage.AgentOrigin;
import org.vidtomo.storage.FlagKind;
import org.vidtomo.storage.StandingStore;
import org.vidtomo.storage.StoreException;
import org.vidtomo.storage.Strike;

class StandingsTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Kept kept = new Kept();

  private void strike() {
    kept.strikes.add(
        new Strike("agent-1", FlagKind.IMPOSSIBLE_DELAY, UUID.randomUUID(), AT, "evidence"));
  }

  @Test
  void changes_areSeen_andRaiseTheVersion_andAStoreThatIsAwayChangesNothing() {
    try (Standings standings = new Standings(kept, Duration.ofMillis(20))) {
      standings.start();
      assertThat(standings.known().standing()).isEqualTo(Standing.ALL);
      assertThat(standings.known().version()).isZero();
      strike();
      strike();
      strike();
      await().atMost(PATIENCE).until(() -> standings.known().version() > 0);
      await().atMost(PATIENCE).until(() -> standings.known().standing().leavesOut("agent-1"));
      long version = standings.known().version();
      kept.away = true;
      int asked = kept.asked;
      await().atMost(PATIENCE).until(() -> kept.asked > asked + 2);
      assertThat(standings.known().version()).isEqualTo(version);
      kept.strikes.clear();
      kept.away = false;
      await().atMost(PATIENCE).until(() -> !standings.known().standing().leavesOut("agent-1"));
      assertThat(standings.known().version()).isGreaterThan(version);
    }
  }

  private static final class Kept implements StandingStore {
    private final List<Strike> strikes = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private volatile int asked;

    @Override
    public CompletionStage<Void> note(Strike strike) {
      throw new UnsupportedOperationException();
    }

    @Override
    public synchronized List<Strike> strikes() {
      asked++;
      if (away) {
        throw new StoreException("Cassandra is away", new IOException());
      }
      return List.copyOf(strikes);
    }

    @Override
    public void clear(String agentId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> put(AgentOrigin origin) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<AgentOrigin> origins() {
      return List.of();
    }
  }
}
