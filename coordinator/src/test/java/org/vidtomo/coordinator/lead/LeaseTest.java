package org.vidtomo.coordinator.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vidtomo.storage.Leader;
import org.vidtomo.storage.LeaderStore;
import org.vidtomo.storage.StoreException;

final class LeaseTest {
  private static final Duration BETWEEN_STEPS = Duration.ofSeconds(2);

  private final FakeStore store = new FakeStore();
  private long nowNanos = 1;
  private final Lease first = lease("first");
  private final Lease second = lease("second");

  @Test
  void leader_keepsTheLeadWhileItRenews() {
    for (int i = 0; i < 100; i++) {
      first.step();
      second.step();
      pass(BETWEEN_STEPS);
      assertThat(first.held()).isTrue();
      assertThat(second.held()).isFalse();
    }
    assertThat(first.term()).isEqualTo(1);
    assertThat(second.leads()).isEqualTo("first");
  }

  @Test
  void leader_thatIsSilent_isFollowedInTime_andNotBeforeItHasStopped() {
    first.step();
    second.step();
    Duration silent = Duration.ZERO;
    while (!second.held()) {
      assertThat(silent).isLessThan(Duration.ofSeconds(20));
      pass(BETWEEN_STEPS);
      silent = silent.plus(BETWEEN_STEPS);
      second.step();
      assertThat(first.held() && second.held()).isFalse();
    }
    assertThat(second.term()).isEqualTo(2);

    // It comes back, as after a long pause of its process.
    assertThat(first.held()).isFalse();
    first.step();
    assertThat(first.term()).isZero();
    assertThat(first.leads()).isEqualTo("second");
  }

  @Test
  void lead_thatIsGivenBack_passesOnAtOnce() {
    first.step();
    second.step();
    first.release();
    assertThat(first.held()).isFalse();
    second.step();
    assertThat(second.held()).isTrue();
  }

  @Test
  void lead_ofOneKnownToBeGone_passesOnAtOnce() {
    first.step();
    Lease next = new Lease(store, "next", "first"::equals, () -> nowNanos);
    next.step();
    assertThat(next.held()).isTrue();
    first.step();
    assertThat(first.term()).isZero();
  }

  @Test
  void store_thatIsAwayForLong_suspendsTheLead_andDoesNotEndIt() {
    first.step();
    store.away = true;
    pass(Duration.ofMinutes(5));
    assertThatThrownBy(first::step).isInstanceOf(StoreException.class);
    assertThat(first.held()).isFalse();
    assertThat(first.term()).isEqualTo(1);

    store.away = false;
    first.step();
    assertThat(first.held()).isTrue();
    assertThat(first.term()).isEqualTo(1);
  }

  @Test
  void answers_thatAreLost_neverGiveTwoLeaders_andOneInTheEnd() {
    Random random = new Random(20);
    for (int i = 0; i < 20_000; i++) {
      store.losesAnswers = random.nextInt(4) == 0;
      store.away = random.nextInt(5) == 0;
      if (random.nextInt(20) > 0) {
        stepQuietly(random.nextBoolean() ? first : second);
      }
      assertThat(first.held() && second.held()).isFalse();
      pass(Duration.ofMillis(random.nextInt(4_000)));
      assertThat(first.held() && second.held()).isFalse();
    }
    store.losesAnswers = false;
    store.away = false;
    for (int i = 0; i < 12; i++) {
      first.step();
      second.step();
      pass(BETWEEN_STEPS);
    }
    assertThat(first.held() ^ second.held()).isTrue();
  }

  private static void stepQuietly(Lease lease) {
    try {
      lease.step();
    } catch (StoreException e) {
      // Tried again.
    }
  }

  private void pass(Duration time) {
    nowNanos += time.toNanos();
  }

  private Lease lease(String owner) {
    return new Lease(store, owner, other -> false, () -> nowNanos);
  }

  private static final class FakeStore implements LeaderStore {
    private Optional<Leader> now = Optional.empty();
    private boolean away;
    private boolean losesAnswers;

    @Override
    public Optional<Leader> find() {
      fail(away);
      return now;
    }

    @Override
    public boolean replace(Optional<Leader> seen, Leader next) {
      fail(away);
      boolean replaced = now.equals(seen);
      if (replaced) {
        now = Optional.of(next);
      }
      fail(losesAnswers);
      return replaced;
    }

    private static void fail(boolean fails) {
      if (fails) {
        throw new StoreException("no answer", new IllegalStateException("test"));
      }
    }
  }
}
