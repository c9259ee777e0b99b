package org.vidtomo.dashboard.api;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.vidtomo.dashboard.index.AgentLine;
import org.vidtomo.dashboard.index.IndexedCells;

/**
 * What the latest measurements say of each agent. Reads all that is in memory, once in ten seconds
 * at the most and only if there is something new. Thread-safe.
 */
final class LatestAgents {
  private static final Duration KEPT = Duration.ofSeconds(10);

  private final IndexedCells cells;
  private final Clock clock;
  private List<AgentLine> lines = List.of();
  private Instant until = Instant.MIN;
  private long version = Long.MIN_VALUE;

  LatestAgents(IndexedCells cells, Clock clock) {
    this.cells = requireNonNull(cells, "cells");
    this.clock = requireNonNull(clock, "clock");
  }

  /** All agents that have measurements in memory: the same list while it holds. Blocks. */
  synchronized List<AgentLine> lines() {
    Instant now = clock.instant();
    long present = cells.version();
    if (present != version && !now.isBefore(until)) {
      lines = List.copyOf(cells.agents());
      version = present;
      until = now.plus(KEPT);
    }
    return lines;
  }
}
