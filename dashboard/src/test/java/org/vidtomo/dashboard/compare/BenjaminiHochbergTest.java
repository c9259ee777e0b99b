package org.vidtomo.dashboard.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BenjaminiHochbergTest {
  @Test
  void adjusted_areTheStepUpValuesInTheGivenOrder() {
    // By hand, m = 4: 0.04·4/4 = 0.04; 0.03·4/3 = 0.04; 0.02·4/2 = 0.04; 0.005·4/1 = 0.02.
    double[] adjusted = BenjaminiHochberg.adjust(new double[] {0.03, 0.005, 0.04, 0.02});
    double[] expected = {0.04, 0.02, 0.04, 0.04};
    for (int i = 0; i < expected.length; i++) {
      assertThat(adjusted[i]).isCloseTo(expected[i], within(1e-12));
    }
  }

  @Test
  void adjusted_neverExceedOne_andNoneIsNone() {
    assertThat(BenjaminiHochberg.adjust(new double[] {0.9, 0.8})).containsExactly(0.9, 0.9);
    assertThat(BenjaminiHochberg.adjust(new double[] {})).isEmpty();
  }
}
