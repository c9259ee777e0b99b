package org.vidtomo.dashboard.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HodgesLehmannTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void one_isItself() {
    assertThat(HodgesLehmann.of(new double[] {-0.25}).estimate()).isEqualTo(-0.25);
  }

  @Test
  void three_giveTheMedianOfTheirSixAverages() {
    // 1, 2.5, 3, 4, 5.5, 8 sorted: averages of {1, 4, 7}: 1, 2.5, 4, 4, 5.5, 7.
    assertThat(HodgesLehmann.of(new double[] {7, 1, 4}).estimate()).isEqualTo(4);
    // {0, 1, 10}: 0, 0.5, 1, 5, 5.5, 10 → (1 + 5) / 2.
    assertThat(HodgesLehmann.of(new double[] {0, 1, 10}).estimate()).isEqualTo(3);
  }

  @Test
  void estimate_equalsTheMedianOfAllListedAverages() {
    SplittableRandom random = new SplittableRandom(7);
    for (int n = 1; n < 60; n++) {
      double[] d = random.doubles(n, -5, 5).map(x -> Math.rint(x * 8) / 8).toArray();
      assertThat(HodgesLehmann.of(d).estimate()).as("n = " + n).isEqualTo(listed(d));
    }
  }

  @Test
  void infinities_ofBothSigns_cancel() {
    assertThat(HodgesLehmann.of(new double[] {-INF, 1, INF}).estimate()).isEqualTo(0.5);
    assertThat(HodgesLehmann.of(new double[] {INF, INF, 1}).estimate()).isEqualTo(INF);
  }

  @Test
  void ofTwoSamples_isTheMedianOfAllDifferences() {
    // {1, 4} less {0, 2, 9}: 1, -1, -8, 4, 2, -5 → (-1 + 1) / 2.
    assertThat(HodgesLehmann.of(new double[] {4, 1}, new double[] {9, 0, 2}).estimate()).isZero();
    assertThat(HodgesLehmann.of(new double[] {INF, 5}, new double[] {INF, 3, 3}).estimate())
        .as("0, INF, INF, -INF, 2, 2")
        .isEqualTo(2);
  }

  @Test
  void interval_goesFromTheEndthSmallestToTheEndthLargest() {
    HodgesLehmann shift = HodgesLehmann.of(new double[] {4, 1}, new double[] {9, 0, 2});
    assertThat(shift.interval(2)).hasValue(new Comparison.Interval(-5, 2));
    assertThat(shift.interval(0)).isEmpty();
    assertThat(HodgesLehmann.of(new double[] {INF, 1}, new double[] {0}).interval(1)).isEmpty();
  }

  private static double listed(double[] d) {
    double[] averages = new double[d.length * (d.length + 1) / 2];
    int next = 0;
    for (int i = 0; i < d.length; i++) {
      for (int j = i; j < d.length; j++) {
        averages[next++] = (d[i] + d[j]) / 2;
      }
    }
    Arrays.sort(averages);
    int half = averages.length / 2;
    return averages.length % 2 == 1 ? averages[half] : (averages[half - 1] + averages[half]) / 2;
  }
}
