package org.vidtomo.dashboard.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vidtomo.dashboard.compare.Samples.T;
import static org.vidtomo.dashboard.compare.Samples.sample;
import static org.vidtomo.dashboard.compare.Samples.table;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistributionTest {
  @Test
  void distribution_risesByWeight_andLeavesFailuresOut() {
    List<Sample> samples =
        List.of(
            sample("A", "a1", "v1", 0, 1),
            sample("A", "a1", "v2", 0, 1),
            sample("A", "a1", "v3", 0, 3),
            sample("A", "a1", "v4", 0, Double.POSITIVE_INFINITY));
    Distribution distribution =
        Distribution.of(
            Metric.STARTUP_DELAY, Dimension.PROVIDER, table(Metric.STARTUP_DELAY, samples), T);
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
        Distribution.of(Metric.RTT, Dimension.PROVIDER, table(Metric.RTT, samples), T)
            .groups()
            .get(0)
            .points();
    assertThat(points).hasSizeBetween(150, 202);
    assertThat(points.get(points.size() - 1)).isEqualTo(new Distribution.Point(4999, 1));
  }
}
