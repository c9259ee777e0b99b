package org.vidtomo.bench.compare;

import java.time.Instant;
import org.vidtomo.dashboard.compare.CellTable;
import org.vidtomo.dashboard.compare.Comparer;
import org.vidtomo.dashboard.compare.Comparison;
import org.vidtomo.dashboard.compare.Dimension;
import org.vidtomo.dashboard.compare.Metric;

/**
 * One simulated panel of agents.
 *
 * @param cells of the metric
 * @param middle the true one of an ordinary ISP: of all agents that there could be, on these videos
 *     in these hours
 */
record Panel(Metric metric, CellTable cells, double middle) {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  Comparison compared() {
    return Comparer.DEFAULT.compare(metric, Dimension.PROVIDER, cells, NOW);
  }
}
