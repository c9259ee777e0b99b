package org.vidtomo.dashboard.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WeightedValuesTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void median_ofAnEvenNumber_isTheMiddleOfTheTwo() {
    assertThat(WeightedValues.equal(new double[] {4, 1, 3, 2}).quantile(0.5)).isEqualTo(2.5);
  }

  @Test
  void median_ofAnOddNumber_isTheMiddleOne() {
    assertThat(WeightedValues.equal(new double[] {9, 1, 5}).quantile(0.5)).isEqualTo(5);
  }

  @Test
  void quantile_atAFlatOfTheDistribution_isAveraged() {
    // Definition 2: ten values, p = 0.1 lies exactly between the first and the second.
    double[] ten = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    assertThat(WeightedValues.equal(ten).quantile(0.1)).isEqualTo(1.5);
    assertThat(WeightedValues.equal(ten).quantile(0.25)).isEqualTo(3);
    assertThat(WeightedValues.equal(ten).quantile(0.9)).isEqualTo(9.5);
  }

  @Test
  void quantile_countsByWeight() {
    // Cumulative weights 1, 1.5, 2 of 2: half is reached at the first value exactly.
    WeightedValues values =
        WeightedValues.of(new double[] {10, 20, 30}, new double[] {1, 0.5, 0.5});
    assertThat(values.quantile(0.5)).isEqualTo(15);
    assertThat(values.quantile(0.6)).isEqualTo(20);
    assertThat(values.quantile(0.9)).isEqualTo(30);
    assertThat(values.mean()).isEqualTo(17.5);
  }

  @Test
  void quantile_isNotMisledByRounding_whenThirdsAddUp() {
    double third = 1.0 / 3;
    WeightedValues values =
        WeightedValues.of(
            new double[] {1, 2, 3, 4, 5, 6},
            new double[] {third, third, third, third, third, third});
    assertThat(values.quantile(0.5)).isEqualTo(3.5);
  }

  @Test
  void quantile_passesOverValuesWithoutWeight() {
    WeightedValues values = WeightedValues.of(new double[] {1, 2, 3}, new double[] {1, 0, 1});
    assertThat(values.quantile(0.5)).isEqualTo(2);
    assertThat(values.mean()).isEqualTo(2);
  }

  @Test
  void infiniteValues_rankLast() {
    WeightedValues values = WeightedValues.equal(new double[] {INF, 1, 2, 3, INF});
    assertThat(values.quantile(0.5)).isEqualTo(3);
    assertThat(values.quantile(0.9)).isEqualTo(INF);
  }
}
