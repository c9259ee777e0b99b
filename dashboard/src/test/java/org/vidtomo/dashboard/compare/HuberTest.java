package org.vidtomo.dashboard.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HuberTest {
  private static final double HUGE = HodgesLehmann.HUGE;

  @Test
  void nearValues_haveTheirMean() {
    assertThat(Huber.ofSorted(new double[] {1, 2, 6}, 0, 3, 10)).isCloseTo(3, within(1e-12));
  }

  @Test
  void aFarValue_countsAsFarAsTheBend_infiniteOrNot() {
    double[] far = {0, 0, 0, 1000};
    double[] infinite = {0, 0, 0, HUGE};
    // 3·t = 1.345 − … : the three at 0 pull back as far as the one far off pulls.
    assertThat(Huber.ofSorted(far, 0, 4, 1)).isCloseTo(1.345 / 3, within(1e-9));
    assertThat(Huber.ofSorted(infinite, 0, 4, 1)).isCloseTo(1.345 / 3, within(1e-9));
  }

  @Test
  void halfInfinite_isStillFinite_andMoreIsNot() {
    assertThat(Huber.ofSorted(new double[] {1, HUGE}, 0, 2, 1)).isCloseTo(2.345, within(1e-9));
    assertThat(Huber.ofSorted(new double[] {1, HUGE, HUGE}, 0, 3, 1)).isEqualTo(HUGE);
    assertThat(Huber.ofSorted(new double[] {-HUGE, -HUGE, 1}, 0, 3, 1)).isEqualTo(-HUGE);
    assertThat(Huber.ofSorted(new double[] {-HUGE, 1, HUGE}, 0, 3, 1)).isCloseTo(1, within(1e-9));
  }

  @Test
  void withoutScale_itIsTheMedian() {
    assertThat(Huber.ofSorted(new double[] {0, 0, 7}, 0, 3, 0)).isZero();
  }

  @Test
  void estimate_solvesItsEquation() {
    SplittableRandom random = new SplittableRandom(5);
    for (int n = 1; n < 80; n++) {
      double[] values = random.doubles(n, -5, 5).map(x -> x * x * x).sorted().toArray();
      double estimate = Huber.ofSorted(values, 0, n, 2);
      double sum = 0;
      for (double value : values) {
        sum += Math.max(-2.69, Math.min(2.69, value - estimate));
      }
      assertThat(sum).as("n = %d", n).isCloseTo(0, within(1e-6 * n));
    }
  }
}
