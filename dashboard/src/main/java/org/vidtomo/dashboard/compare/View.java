package org.vidtomo.dashboard.compare;

import static java.util.Objects.requireNonNull;

/** What is asked for: one metric of the measurements that fit, grouped by a dimension. */
public record View(Metric metric, Dimension by, Filter filter) {
  public View {
    requireNonNull(metric, "metric");
    requireNonNull(by, "by");
    requireNonNull(filter, "filter");
  }
}
