package org.vidtomo.coordinator.campaign;

import java.util.Map;

/**
 * How a campaign's tasks stand: planned = queued + running + done + expired + cancelled, at every
 * moment. A task that is not with an agent yet is queued here.
 *
 * @param outcomes of the tasks done, by outcome
 * @param providers the same by ISP; where the coverage is not by provider, only of the tasks done
 */
public record Counts(
    long planned,
    long queued,
    long running,
    long done,
    long expired,
    long cancelled,
    Map<String, Long> outcomes,
    Map<String, Counts> providers) {
  public Counts {
    outcomes = Map.copyOf(outcomes);
    providers = Map.copyOf(providers);
    if (planned != queued + running + done + expired + cancelled) {
      throw new IllegalArgumentException(
          "the counts do not add up: planned %d, queued %d, running %d, done %d, expired %d, cancelled %d"
              .formatted(planned, queued, running, done, expired, cancelled));
    }
  }
}
