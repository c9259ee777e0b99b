package org.vidtomo.coordinator.assign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ReassignmentFreezeTest {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  private static final Instant LATER = START.plusSeconds(1000);

  private final ReassignmentFreeze freeze =
      new ReassignmentFreeze(
          START, Duration.ofSeconds(60), Duration.ofSeconds(45), Duration.ofMinutes(5));

  @Test
  void justAfterAStart_itIsFrozen() {
    assertThat(freeze.frozen(START.plusSeconds(59))).isTrue();
    assertThat(freeze.frozen(START.plusSeconds(60))).isFalse();
  }

  @Test
  void whenMoreThanAFifthVanishTogether_itIsFrozenForAWhile() {
    freeze.observe(agents(0, 10), Set.of(), LATER);
    freeze.observe(agents(0, 7), Set.of(), LATER.plusSeconds(1));

    assertThat(freeze.frozen(LATER.plusSeconds(2))).isTrue();
    assertThat(freeze.frozen(LATER.plusSeconds(302))).isFalse();
  }

  @Test
  void whenTheyStayAway_itIsNotFrozenAgain() {
    freeze.observe(agents(0, 10), Set.of(), LATER);
    for (int second = 1; second < 400; second++) {
      freeze.observe(agents(0, 5), Set.of(), LATER.plusSeconds(second));
    }

    assertThat(freeze.frozen(LATER.plusSeconds(400))).isFalse();
  }

  @Test
  void whenTheyVanishOneByOne_itIsNotFrozen() {
    for (int gone = 0; gone < 8; gone++) {
      freeze.observe(agents(gone, 10), Set.of(), LATER.plusSeconds(gone * 60L));
    }

    assertThat(freeze.frozen(LATER.plusSeconds(8 * 60))).isFalse();
  }

  @Test
  void whenAFifthOrOneVanishes_itIsNotFrozen() {
    freeze.observe(agents(0, 10), Set.of(), LATER);
    freeze.observe(agents(0, 8), Set.of(), LATER.plusSeconds(1));
    assertThat(freeze.frozen(LATER.plusSeconds(2))).isFalse();

    ReassignmentFreeze two =
        new ReassignmentFreeze(START, Duration.ZERO, Duration.ofSeconds(45), Duration.ofMinutes(5));
    two.observe(agents(0, 2), Set.of(), LATER);
    two.observe(agents(0, 1), Set.of(), LATER.plusSeconds(1));
    assertThat(two.frozen(LATER.plusSeconds(2))).isFalse();
  }

  @Test
  void whenTheySayGoodBye_itIsNotFrozen() {
    freeze.observe(agents(0, 10), Set.of(), LATER);
    freeze.observe(agents(0, 5), agents(5, 10), LATER.plusSeconds(1));

    assertThat(freeze.frozen(LATER.plusSeconds(2))).isFalse();
  }

  private static Set<String> agents(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "a" + i).collect(Collectors.toSet());
  }
}
