package org.vidtomo.dashboard.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vidtomo.dashboard.compare.Samples.T;
import static org.vidtomo.dashboard.compare.Samples.all;
import static org.vidtomo.dashboard.compare.Samples.sample;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistributionAndSeriesTest {
  @Test
  void distribution_risesByWeight_andLeavesFailuresOut() {
    List<Sample> samples =
        List.of(
            sample("A", "a1", "v1", 0, 1),
            sample("A", "a1", "v2", 0, 1),
            sample("A", "a1", "v3", 0, 3),
            sample("A", "a1", "v4", 0, Double.POSITIVE_INFINITY));
    Distribution distribution =
        Distribution.of(Metric.STARTUP_DELAY, Dimension.PROVIDER, all(samples), T);
    assertThat(distribution.groups().get(0).points())
        .containsExactly(new Distribution.Point(1, 0.5), new Distribution.Point(3, 0.75));
  }

  @Test
  void distribution_isThinned_andKeepsItsEnd() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      samples.add(sample("A", "a1", "v" + i, 0, i));
    }
    List<Distribution.Point> points =
        Distribution.of(Metric.RTT, Dimension.PROVIDER, all(samples), T).groups().get(0).points();
    assertThat(points).hasSizeBetween(150, 202);
    assertThat(points.get(points.size() - 1)).isEqualTo(new Distribution.Point(4999, 1));
  }

  @Test
  void series_hasOnePointForEachStepWithData() {
    List<Sample> samples =
        List.of(
            sample("A", "a1", "v1", 0, 1),
            sample("A", "a1", "v2", 0, 3),
            sample("A", "a1", "v1", 30, 7));
    Series series = Series.of(Metric.RTT, Dimension.PROVIDER, Series.Step.DAY, all(samples), T);
    List<Series.Point> points = series.groups().get(0).points();
    assertThat(points).hasSize(2);
    assertThat(points.get(0).at()).isEqualTo(T.minus(Duration.ofHours(10)));
    assertThat(points.get(0).p50()).hasValue(2);
    assertThat(points.get(1).p50()).hasValue(7);
  }
}
