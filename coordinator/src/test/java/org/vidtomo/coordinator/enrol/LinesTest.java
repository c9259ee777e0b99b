package org.vidtomo.coordinator.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.network.Literals;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.storage.AgentOrigin;
import org.vidtomo.storage.StandingStore;
import org.vidtomo.storage.Strike;

class LinesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final Kept kept = new Kept();
  private final SigningKey key = SigningKey.generate();
  private final Lines lines = at(NOW);

  private Lines at(Instant now) {
    return new Lines(kept, key, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static InetAddress address(String text) {
    return Literals.parse(text).orElseThrow();
  }

  @Test
  void agentsOfOneAddressOrPrefix_haveTheSameHash_andNoAddressIsTold() {
    lines.seen("a", address("8.8.4.7"));
    lines.seen("b", address("8.8.4.7"));
    lines.seen("c", address("8.8.4.8"));
    lines.seen("d", address("8.8.5.7"));
    AgentOrigin a = kept.origins.get("a");
    assertThat(kept.origins.get("b").address()).isEqualTo(a.address());
    assertThat(kept.origins.get("c").address()).isNotEqualTo(a.address());
    assertThat(kept.origins.get("c").prefix()).isEqualTo(a.prefix());
    assertThat(kept.origins.get("d").prefix()).isNotEqualTo(a.prefix());
    assertThat(kept.origins.toString()).doesNotContain("8.8.4");
    Lines ofAnother = new Lines(kept, SigningKey.generate(), Clock.fixed(NOW, ZoneOffset.UTC));
    ofAnother.seen("e", address("8.8.4.7"));
    assertThat(kept.origins.get("e").address()).isNotEqualTo(a.address());
  }

  @Test
  void whoWasThereFirst_staysSo_overARestart() {
    lines.seen("a", address("8.8.4.7"));
    Lines later = at(NOW.plusSeconds(90_000));
    later.load();
    later.seen("a", address("8.8.4.7"));
    assertThat(kept.origins.get("a").since()).isEqualTo(NOW);
    String before = kept.origins.get("a").prefix();
    later.seen("a", address("8.8.6.7"));
    assertThat(kept.origins.get("a").prefix()).isNotEqualTo(before);
    assertThat(kept.origins.get("a").since()).as("lines change addresses").isEqualTo(NOW);
  }

  @Test
  void whoMeasures_isNotedOnceADay_andWhoWasRevokedIsGoneForGood() {
    lines.reported("a");
    assertThat(kept.origins).isEmpty();
    lines.seen("a", address("8.8.4.7"));
    assertThat(kept.origins.get("a").reportedAt()).isEmpty();
    for (int i = 0; i < 10; i++) {
      lines.reported("a");
    }
    assertThat(kept.puts).isEqualTo(2);
    assertThat(kept.origins.get("a").reportedAt()).contains(NOW);
    Lines later = at(NOW.plusSeconds(90_000));
    later.load();
    later.reported("a");
    assertThat(kept.origins.get("a").reportedAt()).contains(NOW.plusSeconds(90_000));
    later.gone("a");
    later.reported("a");
    assertThat(kept.origins.get("a").reportedAt()).contains(AgentOrigin.GONE);
  }

  @Test
  void agentThatAsksOften_isStoredOnceADay_andOneBesideTheCoordinatorNever() {
    for (int i = 0; i < 10; i++) {
      lines.seen("a", address("8.8.4.7"));
      lines.seen("b", address("127.0.0.1"));
      lines.seen("c", address("192.168.1.7"));
    }
    assertThat(kept.puts).isEqualTo(1);
    assertThat(kept.origins).containsOnlyKeys("a");
  }

  private static final class Kept implements StandingStore {
    private final Map<String, AgentOrigin> origins = new LinkedHashMap<>();
    private int puts;

    @Override
    public CompletionStage<Void> note(Strike strike) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Strike> strikes() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void clear(String agentId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> put(AgentOrigin origin) {
      puts++;
      origins.put(origin.agentId(), origin);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public List<AgentOrigin> origins() {
      return List.copyOf(origins.values());
    }
  }
}
