package org.vidtomo.core.playback;

import java.util.List;

/**
 * The representations that a player may choose from, worst first.
 *
 * @param bitratesBps as the manifest states them, not falling; 0 where it does not
 */
public record Ladder(List<Long> bitratesBps) {
  public Ladder {
    bitratesBps = List.copyOf(bitratesBps);
    if (bitratesBps.isEmpty()) {
      throw new IllegalArgumentException("a ladder has at least one representation");
    }
    for (int i = 0; i < bitratesBps.size(); i++) {
      if (bitratesBps.get(i) < (i == 0 ? 0 : bitratesBps.get(i - 1))) {
        throw new IllegalArgumentException(
            "bitrates must be >= 0 and must not fall: " + bitratesBps);
      }
    }
  }

  /** The index of the best. */
  public int top() {
    return bitratesBps.size() - 1;
  }

  /** The best that needs no more than so much; the worst when none does. */
  public int bestWithin(double bps) {
    int best = 0;
    for (int i = 1; i <= top(); i++) {
      if (bitratesBps.get(i) <= bps) {
        best = i;
      }
    }
    return best;
  }
}
