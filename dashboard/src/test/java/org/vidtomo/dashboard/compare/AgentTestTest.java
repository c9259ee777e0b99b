package org.vidtomo.dashboard.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.TTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;
import org.vidtomo.dashboard.compare.Comparison.Interval;
import org.vidtomo.dashboard.compare.Metric.Centre;

/** Held against commons-statistics where that has the same test. */
class AgentTestTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private final AgentTest medians = new AgentTest(Centre.MEDIAN, Resampling.DEFAULTS);
  private final AgentTest means = new AgentTest(Centre.MEAN, Resampling.DEFAULTS);
  private final SplittableRandom random = new SplittableRandom(11);

  @Test
  void p_isThatOfMannAndWhitney() {
    for (int n = 5; n <= 50; n += 9) {
      for (double shift : new double[] {0, 0.3, 1.2}) {
        double[] a = random.doubles(n).map(x -> x + shift).toArray();
        double[] b = random.doubles(n + 3).toArray();
        double expected =
            MannWhitneyUTest.withDefaults().with(PValueMethod.EXACT).test(a, b).getPValue();
        PValueMethod ours = n * (n + 3) <= 2500 ? PValueMethod.EXACT : PValueMethod.ASYMPTOTIC;
        double p = MannWhitneyUTest.withDefaults().with(ours).test(a, b).getPValue();
        assertThat(medians.test("p", a, b).p())
            .as("n = %d, exactly %s", n, expected)
            .isCloseTo(p, within(1e-9 + 1e-6 * p));
      }
    }
  }

  @Test
  void p_isThatOfWilcoxon() {
    for (int n = 5; n <= 80; n += 15) {
      double[] d = random.doubles(n, -1, 1.5).toArray();
      PValueMethod method = n <= 60 ? PValueMethod.EXACT : PValueMethod.ASYMPTOTIC;
      double expected = WilcoxonSignedRankTest.withDefaults().with(method).test(d).getPValue();
      assertThat(medians.test("p", d).p()).isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  void interval_endsWhereShiftedSamplesWouldBeTestedSo() {
    for (int n : new int[] {5, 10, 30}) {
      double[] a = random.doubles(n).toArray();
      double[] b = random.doubles(n).toArray();
      Interval interval = medians.test("i", a, b).interval().orElseThrow();
      double step = 1e-9;
      assertThat(pShifted(a, b, interval.low() - step)).isLessThanOrEqualTo(0.05);
      assertThat(pShifted(a, b, interval.low() + step)).isGreaterThan(0.05);
      assertThat(pShifted(a, b, interval.high() + step)).isLessThanOrEqualTo(0.05);
      assertThat(pShifted(a, b, interval.high() - step)).isGreaterThan(0.05);
    }
  }

  @Test
  void tiedScores_areTestedByChangingPlaces() {
    double[] zeros = new double[10];
    double[] some = {0, 0, 0, 1, 1, 1, 1, 1, 1, 1};
    assertThat(medians.test("all tied", zeros, zeros).p()).isEqualTo(1);
    assertThat(medians.test("all tied", zeros, zeros).interval()).hasValue(new Interval(0, 0));
    // Fisher's exact test of 7 of 10 beside 0 of 10.
    assertThat(medians.test("tied", zeros, some).p()).isCloseTo(0.0031, within(0.0015));
  }

  @Test
  void aloneFarOffOrFailing_countsAsOneAgent() {
    double[] a = {1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, INF};
    double[] b = {1.05, 1.15, 1.25, 1.35, 1.45, 1.55, 1.65, 1.75, 1.85, 1.95};
    AgentTest.Outcome outcome = medians.test("far", a, b);
    assertThat(outcome.difference()).isCloseTo(0, within(0.1));
    assertThat(outcome.p()).isGreaterThan(0.5);
    double[] most = {1, 2, INF, INF, INF, INF};
    assertThat(medians.test("failing", most, b).difference()).isEqualTo(INF);
    assertThat(medians.test("failing", most, b).interval()).isEmpty();
  }

  @Test
  void means_areTestedByChangingPlaces_likeStudentsT() {
    double[] a = random.doubles(20).toArray();
    double[] b = random.doubles(20).map(x -> x + 0.25).toArray();
    double expected = TTest.withDefaults().test(a, b).getPValue();
    assertThat(means.test("means", a, b).p()).isCloseTo(expected, within(0.01 + 0.3 * expected));
    double[] differences = new double[20];
    Arrays.setAll(differences, i -> a[i] - b[i]);
    double within = TTest.withDefaults().test(differences).getPValue();
    assertThat(means.test("means", differences).p()).isCloseTo(within, within(0.01 + 0.3 * within));
  }

  private double pShifted(double[] a, double[] b, double shift) {
    return medians.test("shifted", Arrays.stream(a).map(x -> x - shift).toArray(), b).p();
  }
}
