package org.vidtomo.dashboard.index;

import java.util.Arrays;
import org.vidtomo.dashboard.compare.Filter;

/** What a filter allows, by the numbers of an index's names. */
final class RowFilter {
  private final boolean[] lines;
  private final boolean[] leftOut;
  private final boolean[] origins;
  private final int video;
  private final boolean[] caches;
  private final boolean anyVideo;
  private final boolean anyCache;

  RowFilter(Filter filter, Names names, Standing standing) {
    lines = new boolean[names.lines().length];
    leftOut = new boolean[lines.length];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = Restriction.missedBy(names.lines()[i], filter) == 0;
      Line line = names.lines()[i];
      leftOut[i] = line.clockOff() || standing.leavesOut(line.agent());
    }
    origins = new boolean[names.origins().length];
    for (int i = 0; i < origins.length; i++) {
      origins[i] = Restriction.missedBy(names.origins()[i], filter) == 0;
    }
    anyVideo = filter.video().isEmpty();
    video = filter.video().map(id -> Arrays.asList(names.videos()).indexOf(id)).orElse(-1);
    anyCache = filter.cache().isEmpty();
    caches = new boolean[names.caches().length];
    for (int i = 0; i < caches.length; i++) {
      caches[i] = Restriction.missedBy(names.caches()[i], filter) == 0;
    }
  }

  /** Whether a line's agent is left out, though it passes. */
  boolean leavesOut(int line) {
    return leftOut[line];
  }

  /** Whether a row passes, but for its time. A name that is nowhere has the number −1. */
  boolean allows(int line, int origin, int ofVideo, int ofCache) {
    return lines[line]
        && origins[origin]
        && (anyVideo || (ofVideo == video && video >= 0))
        && (anyCache || (ofCache >= 0 && caches[ofCache]));
  }
}
